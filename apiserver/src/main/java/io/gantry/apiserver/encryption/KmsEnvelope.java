package io.gantry.apiserver.encryption;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.gantry.api.kind.Names;
import io.gantry.apiserver.encryption.kms.EncryptResponse;
import io.gantry.apiserver.encryption.kms.EncryptedDekSourceType;
import io.gantry.apiserver.encryption.kms.EncryptedObject;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/// What is stored around a value that a plugin's key protects, and what upstream asks of it (`…/kmsv2/envelope.go`).
/// Pure.
final class KmsEnvelope {
    private static final int MAX_KEY_ID = 1024;
    private static final int MAX_SOURCE = 1024;
    private static final int MAX_ANNOTATIONS = 32 * 1024;

    private KmsEnvelope() {}

    /// That of values which the plugin's answer to a seed is written beside; without a value.
    static EncryptedObject of(EncryptResponse made) throws KmsException {
        EncryptedObject envelope = EncryptedObject.newBuilder()
                .setKeyId(made.getKeyId())
                .setEncryptedDekSource(made.getCiphertext())
                .putAllAnnotations(made.getAnnotationsMap())
                .setEncryptedDekSourceType(EncryptedDekSourceType.HKDF_SHA256_XNONCE_AES_GCM_SEED)
                .build();
        check(envelope);
        return envelope;
    }

    /// One with its value.
    static EncryptedObject read(byte[] stored) throws KmsException {
        EncryptedObject object;
        try {
            object = EncryptedObject.parseFrom(stored);
        } catch (InvalidProtocolBufferException e) {
            throw new KmsException("it is no encrypted object: " + e.getMessage(), e);
        }
        if (object.getEncryptedData().isEmpty()) {
            throw new KmsException("encrypted data is empty");
        }
        check(object);
        return object;
    }

    private static void check(EncryptedObject object) throws KmsException {
        if (object.getEncryptedDekSourceType() == EncryptedDekSourceType.UNRECOGNIZED) {
            throw new KmsException("unknown encryptedDEKSourceType: " + object.getEncryptedDekSourceTypeValue());
        }
        int source = object.getEncryptedDekSource().size();
        if (source == 0 || source > MAX_SOURCE) {
            throw new KmsException("failed to validate encrypted DEK source: encrypted DEK source is " + source
                    + " bytes, not 1 to " + MAX_SOURCE);
        }
        Optional<String> wrong = keyId(object.getKeyId());
        if (wrong.isPresent()) {
            throw new KmsException("failed to validate key id: " + wrong.get());
        }
        annotations(object.getAnnotationsMap());
    }

    /// What is wrong with the name of a key.
    static Optional<String> keyId(String id) {
        int bytes = id.getBytes(StandardCharsets.UTF_8).length;
        if (bytes == 0) {
            return Optional.of("keyID is empty");
        }
        return bytes > MAX_KEY_ID
                ? Optional.of("keyID is " + bytes + " bytes, which exceeds the max size of " + MAX_KEY_ID)
                : Optional.empty();
    }

    private static void annotations(Map<String, ByteString> annotations) throws KmsException {
        int size = 0;
        for (Map.Entry<String, ByteString> entry : annotations.entrySet()) {
            String name = entry.getKey();
            String plain = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
            if (!plain.contains(".") || !Names.subdomain(plain).isEmpty()) {
                throw new KmsException("failed to validate annotations: \"" + name
                        + "\" should be a domain with at least two segments separated by dots");
            }
            size += name.getBytes(StandardCharsets.UTF_8).length
                    + entry.getValue().size();
        }
        if (size > MAX_ANNOTATIONS) {
            throw new KmsException("failed to validate annotations: total size of annotations is " + size
                    + ", which exceeds the max size of " + MAX_ANNOTATIONS);
        }
    }
}
