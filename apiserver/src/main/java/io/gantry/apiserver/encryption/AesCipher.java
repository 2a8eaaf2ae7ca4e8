package io.gantry.apiserver.encryption;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// AES: `aesgcm`, which also binds a value to its key in the store, and `aescbc`.
final class AesCipher implements ValueCipher {
    private static final int GCM_NONCE_BYTES = 12;
    private static final int GCM_TAG_BITS = 128;
    private static final int BLOCK_BYTES = 16;

    private final boolean gcm;
    private final String prefix;
    private final SecretKeySpec secret;
    private final SecureRandom random = new SecureRandom();

    /// @param secret 16, 24 or 32 bytes
    AesCipher(boolean gcm, String name, byte[] secret) {
        this.gcm = gcm;
        this.prefix = "k8s:enc:" + (gcm ? "aesgcm" : "aescbc") + ":v1:" + name + ":";
        this.secret = new SecretKeySpec(secret, "AES");
    }

    @Override
    public String prefix() {
        return prefix;
    }

    @Override
    public byte[] encrypt(String key, byte[] value) throws GeneralSecurityException {
        byte[] nonce = new byte[gcm ? GCM_NONCE_BYTES : BLOCK_BYTES];
        random.nextBytes(nonce);
        byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce).doFinal(value);
        byte[] whole = Arrays.copyOf(nonce, nonce.length + sealed.length);
        System.arraycopy(sealed, 0, whole, nonce.length, sealed.length);
        return whole;
    }

    @Override
    public byte[] decrypt(String key, byte[] sealed) throws GeneralSecurityException {
        int length = gcm ? GCM_NONCE_BYTES : BLOCK_BYTES;
        if (sealed.length < length) {
            throw new GeneralSecurityException("the stored data was shorter than the required size");
        }
        byte[] nonce = Arrays.copyOf(sealed, length);
        return cipher(Cipher.DECRYPT_MODE, key, nonce).doFinal(sealed, length, sealed.length - length);
    }

    private Cipher cipher(int mode, String key, byte[] nonce) throws GeneralSecurityException {
        if (!gcm) {
            Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            cipher.init(mode, secret, new IvParameterSpec(nonce));
            return cipher;
        }
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, secret, new GCMParameterSpec(GCM_TAG_BITS, nonce));
        cipher.updateAAD(key.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
