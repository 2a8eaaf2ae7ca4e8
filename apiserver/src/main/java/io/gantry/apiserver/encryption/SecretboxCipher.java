package io.gantry.apiserver.encryption;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.crypto.engines.XSalsa20Engine;
import org.bouncycastle.crypto.macs.Poly1305;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;

/// `secretbox`: XSalsa20 and Poly1305, as NaCl has them.
final class SecretboxCipher implements ValueCipher {
    private static final int NONCE_BYTES = 24;
    private static final int MAC_KEY_BYTES = 32;
    private static final int TAG_BYTES = 16;

    private final String prefix;
    private final byte[] secret;
    private final SecureRandom random = new SecureRandom();

    /// @param secret 32 bytes
    SecretboxCipher(String name, byte[] secret) {
        this.prefix = "k8s:enc:secretbox:v1:" + name + ":";
        this.secret = secret.clone();
    }

    @Override
    public String prefix() {
        return prefix;
    }

    @Override
    public byte[] encrypt(String key, byte[] value) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        XSalsa20Engine stream = stream(nonce);
        byte[] macKey = macKey(stream);
        byte[] whole = new byte[NONCE_BYTES + TAG_BYTES + value.length];
        System.arraycopy(nonce, 0, whole, 0, NONCE_BYTES);
        stream.processBytes(value, 0, value.length, whole, NONCE_BYTES + TAG_BYTES);
        byte[] tag = tag(macKey, whole, NONCE_BYTES + TAG_BYTES);
        System.arraycopy(tag, 0, whole, NONCE_BYTES, TAG_BYTES);
        return whole;
    }

    @Override
    public byte[] decrypt(String key, byte[] sealed) throws GeneralSecurityException {
        int head = NONCE_BYTES + TAG_BYTES;
        if (sealed.length < head) {
            throw new GeneralSecurityException("the stored data was shorter than the required size");
        }
        XSalsa20Engine stream = stream(Arrays.copyOf(sealed, NONCE_BYTES));
        byte[] tag = tag(macKey(stream), sealed, head);
        if (!MessageDigest.isEqual(tag, Arrays.copyOfRange(sealed, NONCE_BYTES, head))) {
            throw new GeneralSecurityException("output array was not large enough for encryption or the key is wrong");
        }
        byte[] value = new byte[sealed.length - head];
        stream.processBytes(sealed, head, value.length, value, 0);
        return value;
    }

    private XSalsa20Engine stream(byte[] nonce) {
        XSalsa20Engine stream = new XSalsa20Engine();
        stream.init(true, new ParametersWithIV(new KeyParameter(secret), nonce));
        return stream;
    }

    /// The stream's first bytes are the key of the tag.
    private static byte[] macKey(XSalsa20Engine stream) {
        byte[] key = new byte[MAC_KEY_BYTES];
        stream.processBytes(key, 0, MAC_KEY_BYTES, key, 0);
        return key;
    }

    private static byte[] tag(byte[] macKey, byte[] bytes, int from) {
        Poly1305 mac = new Poly1305();
        mac.init(new KeyParameter(macKey));
        mac.update(bytes, from, bytes.length - from);
        byte[] tag = new byte[TAG_BYTES];
        mac.doFinal(tag, 0);
        return tag;
    }
}
