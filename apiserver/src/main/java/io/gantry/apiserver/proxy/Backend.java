package io.gantry.apiserver.proxy;

/// Where a request goes.
///
/// @param target path and query, encoded, beginning with a slash
public record Backend(String host, int port, Security security, String target) {
    /// How the connection is protected.
    public enum Security {
        PLAIN,
        /// TLS with the API server's client certificate; the backend's must be of the kubelets' authority.
        KUBELET,
        /// The same, whatever the backend shows.
        UNVERIFIED_KUBELET,
        /// TLS without a certificate of ours; the backend's is not looked at. Pods and services have any, or their
        /// own.
        UNVERIFIED;

        static Security unverified(boolean tls) {
            return tls ? UNVERIFIED : PLAIN;
        }
    }

    /// The same kubelet, whatever it shows.
    Backend unverified() {
        return new Backend(host, port, Security.UNVERIFIED_KUBELET, target);
    }

    /// `host:port`, an IPv6 address in brackets.
    public String authority() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    /// The whole URL.
    public String url() {
        return (security == Security.PLAIN ? "http://" : "https://") + authority() + target;
    }
}
