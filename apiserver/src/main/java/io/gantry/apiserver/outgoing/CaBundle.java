package io.gantry.apiserver.outgoing;

import io.gantry.component.pki.Pem;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;

/// The `caBundle` by which objects say whom the API server is to trust where they send it: PEM in base64.
public final class CaBundle {
    private CaBundle() {}

    /// @throws GeneralSecurityException for a bundle without a certificate, or that is not base64
    public static List<X509Certificate> certificates(String bundle) throws GeneralSecurityException {
        return Pem.certificates(decoded(bundle));
    }

    private static String decoded(String bundle) throws GeneralSecurityException {
        try {
            return new String(Base64.getDecoder().decode(bundle), StandardCharsets.US_ASCII);
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("the caBundle is not base64", e);
        }
    }
}
