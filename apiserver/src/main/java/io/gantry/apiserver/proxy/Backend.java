package io.gantry.apiserver.proxy;

/// Where a request goes.
///
/// @param tls true for kubelets: with the API server's client certificate
/// @param target path and query, encoded, beginning with a slash
public record Backend(String host, int port, boolean tls, String target) {
    /// `host:port`, an IPv6 address in brackets.
    public String authority() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    /// The whole URL.
    public String url() {
        return (tls ? "https://" : "http://") + authority() + target;
    }
}
