package io.gantry.apiserver.encryption;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// A key of its own for every value, made from a seed and 32 random bytes before it: so many values can be written with
/// one seed as nobody writes (upstream `…/encrypt/aes/aes_extended_nonce.go`). Thread-safe.
final class SeedCipher implements DataCipher {
    /// Of the seed, of what stands before a value, and of its key.
    static final int BYTES = 32;

    private final SecretKeySpec seed;
    private final SecureRandom random = new SecureRandom();

    /// @throws KmsException for a seed that is too short
    SeedCipher(byte[] seed) throws KmsException {
        if (seed.length < BYTES) {
            throw new KmsException("invalid seed length " + seed.length + " used for key generation");
        }
        this.seed = new SecretKeySpec(seed, "HKDF");
    }

    @Override
    public byte[] encrypt(String key, byte[] value) throws GeneralSecurityException {
        byte[] info = new byte[BYTES];
        random.nextBytes(info);
        byte[] sealed = derived(info).encrypt(key, value);
        byte[] whole = Arrays.copyOf(info, BYTES + sealed.length);
        System.arraycopy(sealed, 0, whole, BYTES, sealed.length);
        return whole;
    }

    @Override
    public byte[] decrypt(String key, byte[] sealed) throws GeneralSecurityException {
        if (sealed.length < BYTES) {
            throw new KmsException("the stored data was shorter than the required size");
        }
        return derived(Arrays.copyOf(sealed, BYTES)).decrypt(key, Arrays.copyOfRange(sealed, BYTES, sealed.length));
    }

    private AesCipher derived(byte[] info) throws GeneralSecurityException {
        byte[] secret = KDF.getInstance("HKDF-SHA256").deriveData(HKDFParameterSpec.expandOnly(seed, info, BYTES));
        return new AesCipher(true, "", secret);
    }
}
