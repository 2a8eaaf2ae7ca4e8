package io.gantry.apiserver.encryption;

/// A cipher whose values are known by what stands before them. Thread-safe.
interface ValueCipher extends DataCipher {
    /// What stands before every value, e.g. `k8s:enc:aescbc:v1:key1:`; empty for plain values.
    String prefix();

    /// Whether a value would be encrypted with the same key now.
    ///
    /// @param sealed without the prefix
    default boolean isCurrent(byte[] sealed) {
        return true;
    }
}
