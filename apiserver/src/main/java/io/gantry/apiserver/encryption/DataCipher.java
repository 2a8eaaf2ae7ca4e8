package io.gantry.apiserver.encryption;

import java.security.GeneralSecurityException;

/// One way to encrypt, with one key. Thread-safe.
interface DataCipher {
    /// @param key of the store, which the value is bound to where the cipher can
    byte[] encrypt(String key, byte[] value) throws GeneralSecurityException;

    /// @param sealed without the prefix
    /// @throws GeneralSecurityException when the value was changed or the key is another one
    byte[] decrypt(String key, byte[] sealed) throws GeneralSecurityException;
}
