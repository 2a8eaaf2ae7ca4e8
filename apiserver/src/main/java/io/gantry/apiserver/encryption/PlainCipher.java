package io.gantry.apiserver.encryption;

/// `identity`: no encryption.
record PlainCipher() implements ValueCipher {
    @Override
    public String prefix() {
        return "";
    }

    @Override
    public byte[] encrypt(String key, byte[] value) {
        return value;
    }

    @Override
    public byte[] decrypt(String key, byte[] sealed) {
        return sealed;
    }
}
