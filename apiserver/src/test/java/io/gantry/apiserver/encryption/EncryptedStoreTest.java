package io.gantry.apiserver.encryption;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.store.StoreUnavailableException;
import io.gantry.store.memory.MemoryStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncryptedStoreTest {
    private static final String KEY = "/registry/secrets/default/s";
    private static final String SECRET = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
    private static final byte[] VALUE = "{\"data\":\"hidden\"}".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path directory;

    private EncryptedStore store(MemoryStore below, String... providers) throws Exception {
        StringBuilder yaml = new StringBuilder("""
            apiVersion: apiserver.config.k8s.io/v1
            kind: EncryptionConfiguration
            resources:
            - resources: [secrets]
              providers:
            """);
        for (String provider : providers) {
            yaml.append("  - ")
                    .append(provider)
                    .append(
                            provider.equals("identity")
                                    ? ": {}\n"
                                    : ": {keys: [{name: key1, secret: \"" + SECRET + "\"}]}\n");
        }
        Path file = directory.resolve("config.yaml");
        EncryptionConfig config =
                EncryptionConfig.parse(file, yaml.toString().getBytes(StandardCharsets.UTF_8), settings -> {
                    throw new IllegalArgumentException("no plugins here");
                });
        return new EncryptedStore(below, () -> config);
    }

    private static String stored(MemoryStore below) {
        return new String(below.get(KEY).orElseThrow().value(), StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"aescbc", "aesgcm", "secretbox"})
    void valuesAreSealedBelowAndPlainAbove(String provider) throws Exception {
        try (MemoryStore below = new MemoryStore()) {
            EncryptedStore store = store(below, provider, "identity");
            store.create(KEY, VALUE, 0);
            assertTrue(stored(below).startsWith("k8s:enc:" + provider + ":v1:key1:"), stored(below));
            assertTrue(!stored(below).contains("hidden"));
            assertArrayEquals(VALUE, store.get(KEY).orElseThrow().value());
            store.create("/registry/configmaps/default/c", VALUE, 0);
            assertArrayEquals(
                    VALUE,
                    below.get("/registry/configmaps/default/c").orElseThrow().value());
            assertThrows(
                    StoreUnavailableException.class,
                    () -> store(below, "identity").get(KEY));
        }
    }

    @Test
    void oldValuesAreWrittenAnew() throws Exception {
        try (MemoryStore below = new MemoryStore()) {
            below.create(KEY, VALUE, 0);
            assertEquals(1, store(below, "aesgcm", "identity").rewrite());
            assertTrue(stored(below).startsWith("k8s:enc:aesgcm:"));
            EncryptedStore rotated = store(below, "secretbox", "aesgcm");
            assertEquals(1, rotated.rewrite());
            assertEquals(0, rotated.rewrite());
            assertTrue(stored(below).startsWith("k8s:enc:secretbox:"));
            EncryptedStore plain = store(below, "identity", "secretbox");
            assertEquals(1, plain.rewrite());
            assertArrayEquals(VALUE, below.get(KEY).orElseThrow().value());
        }
    }

    /// The example of NaCl's own tests.
    @Test
    void secretboxIsNacls() throws Exception {
        HexFormat hex = HexFormat.of();
        byte[] secret = hex.parseHex("1b27556473e985d462cd51197a9a46c76009549eac6474f206c4ee0844f68389");
        byte[] nonce = hex.parseHex("69696ee955b62b73cd62bda875fc73d68219e0036b7a0b37");
        byte[] box = hex.parseHex(
                "f3ffc7703f9400e52a7dfb4b3d3305d98e993b9f48681273c29650ba32fc76ce48332ea7164d96a4476f"
                        + "b8c531a1186ac0dfc17c98dce87b4da7f011ec48c97271d2c20f9b928fe2270d6fb863d51738b48eeee314a7cc8ab932164548e526"
                        + "ae90224368517acfeabd6bb3732bc0e9da99832b61ca01b6de56244a9e88d5f9b37973f622a43d14a6599b1f654cb45a74e355a5");
        byte[] sealed = new byte[nonce.length + box.length];
        System.arraycopy(nonce, 0, sealed, 0, nonce.length);
        System.arraycopy(box, 0, sealed, nonce.length, box.length);
        byte[] message = new SecretboxCipher("k", secret).decrypt("", sealed);
        assertEquals("be075fc53c81f2d5", hex.formatHex(message, 0, 8));
        assertEquals(131, message.length);
    }
}
