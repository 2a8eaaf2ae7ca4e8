package io.gantry.component.pki;

import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;

/// A certificate with its private key.
public record Identity(X509Certificate certificate, PrivateKey key) {
    public String certificatePem() {
        try {
            return Pem.encode(certificate);
        } catch (CertificateException e) {
            throw new IllegalStateException("a certificate that cannot be encoded", e);
        }
    }

    public String keyPem() {
        return Pem.encode(key, certificate.getPublicKey());
    }
}
