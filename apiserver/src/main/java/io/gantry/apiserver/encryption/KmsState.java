package io.gantry.apiserver.encryption;

import io.gantry.apiserver.encryption.kms.EncryptedObject;
import java.time.Instant;

/// What values are encrypted with now.
///
/// @param cipher with the seed, which the plugin has encrypted
/// @param envelope around each value; without one
/// @param until the plugin has to have answered well by then, or nothing more is encrypted
record KmsState(SeedCipher cipher, EncryptedObject envelope, Instant until) {
    KmsState until(Instant later) {
        return new KmsState(cipher, envelope, later);
    }

    boolean isOf(String keyId) {
        return envelope.getKeyId().equals(keyId);
    }
}
