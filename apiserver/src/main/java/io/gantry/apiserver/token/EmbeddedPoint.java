package io.gantry.apiserver.token;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import java.util.Optional;

/// The public key that the DER of an EC private key ends with (SEC 1, C.4): an uncompressed point of P-256.
final class EmbeddedPoint {
    private static final int FIELD = 32;
    private static final int POINT = 1 + 2 * FIELD;
    private static final byte UNCOMPRESSED = 4;

    private EmbeddedPoint() {}

    static Optional<PublicKey> of(ECPrivateKey key, byte[] der) throws GeneralSecurityException {
        if (der.length <= POINT || der[der.length - POINT] != UNCOMPRESSED) {
            return Optional.empty();
        }
        BigInteger x = number(der, der.length - 2 * FIELD);
        BigInteger y = number(der, der.length - FIELD);
        return Optional.of(
                KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(new ECPoint(x, y), key.getParams())));
    }

    private static BigInteger number(byte[] der, int from) {
        return new BigInteger(1, Arrays.copyOfRange(der, from, from + FIELD));
    }
}
