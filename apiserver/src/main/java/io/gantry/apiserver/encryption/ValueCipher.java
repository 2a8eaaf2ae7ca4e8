package io.gantry.apiserver.encryption;

import java.security.GeneralSecurityException;

/// One way to encrypt, with one key. Thread-safe.
interface ValueCipher {
    /// What stands before every value, e.g. `k8s:enc:aescbc:v1:key1:`; empty for plain values.
    String prefix();

    /// @param key of the store, which the value is bound to where the cipher can
    byte[] encrypt(String key, byte[] value) throws GeneralSecurityException;

    /// @param sealed without the prefix
    /// @throws GeneralSecurityException when the value was changed or the key is another one
    byte[] decrypt(String key, byte[] sealed) throws GeneralSecurityException;
}
