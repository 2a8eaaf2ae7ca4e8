package io.gantry.apiserver.encryption;

import com.google.protobuf.ByteString;
import io.gantry.apiserver.encryption.kms.EncryptedDekSourceType;
import io.gantry.apiserver.encryption.kms.EncryptedObject;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// `kms` of version 2: values are encrypted here, with keys from a seed that only a plugin can read (upstream
/// `…/envelope/kmsv2`). A plugin is asked once for each seed that somebody wrote with. Thread-safe.
final class KmsCipher implements ValueCipher {
    /// Seeds that are remembered: one for each key and start of a server, as long as its values are there.
    private static final int SEEDS = 1000;

    private final KmsProvider provider;
    private final String prefix;
    private final Map<EncryptedObject, DataCipher> seeds = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<EncryptedObject, DataCipher> eldest) {
            return size() > SEEDS;
        }
    };

    KmsCipher(KmsProvider provider) {
        this.provider = provider;
        this.prefix = "k8s:enc:kms:v2:" + provider.settings().name() + ":";
    }

    @Override
    public String prefix() {
        return prefix;
    }

    @Override
    public byte[] encrypt(String key, byte[] value) throws GeneralSecurityException {
        KmsState state = provider.writing();
        remember(state.envelope(), state.cipher());
        return state.envelope().toBuilder()
                .setEncryptedData(ByteString.copyFrom(state.cipher().encrypt(key, value)))
                .build()
                .toByteArray();
    }

    @Override
    public byte[] decrypt(String key, byte[] sealed) throws GeneralSecurityException {
        EncryptedObject object = KmsEnvelope.read(sealed);
        EncryptedObject envelope = object.toBuilder().clearEncryptedData().build();
        return cipher(envelope).decrypt(key, object.getEncryptedData().toByteArray());
    }

    private DataCipher cipher(EncryptedObject envelope) throws KmsException {
        Optional<DataCipher> known = known(envelope);
        if (known.isPresent()) {
            return known.get();
        }
        byte[] secret;
        try {
            secret = provider.plugin().decrypt(envelope);
        } catch (KmsException e) {
            throw new KmsException("failed to decrypt DEK, error: " + e.getMessage(), e);
        }
        DataCipher cipher = envelope.getEncryptedDekSourceType() == EncryptedDekSourceType.AES_GCM_KEY
                ? new AesCipher(true, "", secret)
                : new SeedCipher(secret);
        remember(envelope, cipher);
        return cipher;
    }

    private Optional<DataCipher> known(EncryptedObject envelope) {
        synchronized (seeds) {
            return Optional.ofNullable(seeds.get(envelope));
        }
    }

    private void remember(EncryptedObject envelope, DataCipher cipher) {
        synchronized (seeds) {
            seeds.put(envelope, cipher);
        }
    }

    @Override
    public boolean isCurrent(byte[] sealed) {
        try {
            EncryptedObject object = KmsEnvelope.read(sealed);
            return object.getEncryptedDekSourceType() == EncryptedDekSourceType.HKDF_SHA256_XNONCE_AES_GCM_SEED
                    && provider.state()
                            .map(state -> state.isOf(object.getKeyId()))
                            .orElse(true);
        } catch (KmsException e) {
            return false;
        }
    }
}
