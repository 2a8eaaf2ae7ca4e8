package io.gantry.apiserver.proxy;

import javax.net.ssl.SSLContext;

/// TLS toward kubelets, with the API server's client certificate.
///
/// @param verified the kubelets' certificates must be of their authority
/// @param unverified whatever they show is taken, as the reader of a log may ask (`insecureSkipTLSVerifyBackend`)
public record KubeletTls(SSLContext verified, SSLContext unverified) {
    /// Without a certificate of ours.
    public static KubeletTls of(SSLContext verified) {
        return new KubeletTls(verified, UnverifiedTls.CONTEXT);
    }
}
