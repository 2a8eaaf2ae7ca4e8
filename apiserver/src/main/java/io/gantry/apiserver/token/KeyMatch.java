package io.gantry.apiserver.token;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;

/// Whether a public key belongs to a private one.
final class KeyMatch {
    private static final byte[] PROBE = "gantry".getBytes(StandardCharsets.US_ASCII);

    private KeyMatch() {}

    static boolean matches(PrivateKey signing, PublicKey verifying) {
        if (!signing.getAlgorithm().equals(verifying.getAlgorithm())) {
            return false;
        }
        try {
            Signature signature =
                    Signature.getInstance(signing.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA");
            signature.initSign(signing);
            signature.update(PROBE);
            byte[] signed = signature.sign();
            signature.initVerify(verifying);
            signature.update(PROBE);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
