package io.gantry.apiserver.encryption;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.gantry.api.decode.Bodies;
import io.gantry.apiserver.encryption.kms.EncryptResponse;
import io.gantry.apiserver.encryption.kms.EncryptedObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A provider and its plugin, over a real socket, by a clock of the test's.
@Timeout(300)
class KmsProviderTest {
    private static final String KEY = "/registry/secrets/default/s";
    private static final byte[] VALUE = "hidden".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path directory;

    private Path socket;
    private FakeKms plugin;
    private KmsProvider provider;
    private KmsCipher cipher;
    private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final AtomicInteger changes = new AtomicInteger();

    @BeforeEach
    void start() throws Exception {
        socket = directory.resolve("kms.sock");
        plugin = new FakeKms(socket);
        provider = provider();
        cipher = new KmsCipher(provider);
    }

    private KmsProvider provider() {
        return new KmsProvider(
                new KmsSettings("p", socket, Duration.ofSeconds(5)),
                new KmsMetrics("here"),
                () -> now,
                changes::incrementAndGet);
    }

    @AfterEach
    void stop() throws Exception {
        provider.close();
        plugin.close();
    }

    private Optional<String> checkAfter(Duration time) {
        now = now.plus(time);
        return provider.check();
    }

    @Test
    void whatIsWrittenSaysWithWhichKey() throws Exception {
        assertEquals(Optional.empty(), provider.check());
        byte[] sealed = cipher.encrypt(KEY, VALUE);
        EncryptedObject object = EncryptedObject.parseFrom(sealed);
        assertEquals("k1", object.getKeyId());
        assertEquals("k1", object.getAnnotationsOrThrow("fake.kms.io").toStringUtf8());
        assertEquals(1, object.getEncryptedDekSourceTypeValue());
        assertFalse(new String(sealed, StandardCharsets.ISO_8859_1).contains("hidden"));
        assertArrayEquals(VALUE, cipher.decrypt(KEY, sealed));
        assertEquals(0, plugin.decrypted.get(), "the seed is its own");
        KmsCipher other = new KmsCipher(provider);
        assertArrayEquals(VALUE, other.decrypt(KEY, sealed));
        assertArrayEquals(VALUE, other.decrypt(KEY, cipher.encrypt(KEY, VALUE)).clone());
        assertEquals(1, plugin.decrypted.get(), "one seed is asked for once");
        assertThrows(Exception.class, () -> cipher.decrypt(KEY + "2", sealed), "bound to its key in the store");
    }

    @Test
    void anotherKeyGetsAnotherSeed() throws Exception {
        provider.check();
        byte[] old = cipher.encrypt(KEY, VALUE);
        assertTrue(cipher.isCurrent(old));
        plugin.keyId = "key-2";
        assertEquals(Optional.empty(), checkAfter(Duration.ofMinutes(1)));
        assertEquals(2, changes.get());
        assertFalse(cipher.isCurrent(old));
        assertArrayEquals(VALUE, cipher.decrypt(KEY, old));
        byte[] fresh = cipher.encrypt(KEY, VALUE);
        assertTrue(cipher.isCurrent(fresh));
        assertArrayEquals(VALUE, new KmsCipher(provider).decrypt(KEY, fresh));
        assertArrayEquals(VALUE, new KmsCipher(provider).decrypt(KEY, old));
    }

    /// Encrypting with a key that the plugin does not tell of would look current for ever.
    @Test
    void aKeyThatIsNotTheStatusesIsNotUsed() throws Exception {
        provider.check();
        plugin.keyId = "k2";
        plugin.encryptsWith = "k1";
        String failure = checkAfter(Duration.ofMinutes(1)).orElseThrow();
        assertTrue(failure.contains("failed to rotate DEK"), failure);
        assertEquals("k1", EncryptedObject.parseFrom(cipher.encrypt(KEY, VALUE)).getKeyId());
        plugin.encryptsWith = "";
        assertEquals(Optional.empty(), checkAfter(Duration.ofSeconds(4)));
        assertEquals("k2", EncryptedObject.parseFrom(cipher.encrypt(KEY, VALUE)).getKeyId());
    }

    @Test
    void withoutItsPluginItWritesForThreeMinutesAndReadsForEver() throws Exception {
        provider.check();
        byte[] sealed = cipher.encrypt(KEY, VALUE);
        plugin.close();
        assertTrue(checkAfter(Duration.ofMinutes(1)).orElseThrow().contains("status section"));
        cipher.encrypt(KEY, VALUE);
        now = now.plus(Duration.ofMinutes(3));
        KmsException expired = assertThrows(KmsException.class, () -> cipher.encrypt(KEY, VALUE));
        assertTrue(String.valueOf(expired.getMessage()).contains("expired at"), expired.getMessage());
        assertArrayEquals(VALUE, cipher.decrypt(KEY, sealed));
        KmsException unknown = assertThrows(KmsException.class, () -> new KmsCipher(provider).decrypt(KEY, sealed));
        assertTrue(
                String.valueOf(unknown.getMessage()).startsWith("failed to decrypt DEK, error: rpc error: code = "),
                unknown.getMessage());
        plugin = new FakeKms(socket);
        assertEquals(Optional.empty(), checkAfter(Duration.ofSeconds(4)));
        assertArrayEquals(VALUE, cipher.decrypt(KEY, cipher.encrypt(KEY, VALUE)));
        assertEquals(1, changes.get(), "its key is the same");
    }

    @Test
    void aPluginThatIsIllIsToldOfButKeepsItsKey() throws Exception {
        plugin.healthz = "the vault is sealed";
        String failure = provider.check().orElseThrow();
        assertTrue(failure.contains("got unexpected healthz status: the vault is sealed"), failure);
        cipher.encrypt(KEY, VALUE);
    }

    @Test
    void answersAreKeptForAMoment() {
        assertEquals(Optional.empty(), provider.check());
        plugin.healthz = "ill";
        assertEquals(Optional.empty(), checkAfter(Duration.ofSeconds(19)));
        assertTrue(checkAfter(Duration.ofSeconds(2)).isPresent());
        plugin.healthz = "ok";
        assertTrue(checkAfter(Duration.ofSeconds(2)).isPresent());
        assertEquals(Optional.empty(), checkAfter(Duration.ofSeconds(2)));
    }

    @ParameterizedTest
    @CsvSource({
        "'',c,fake.io,key id",
        "k,'',fake.io,DEK source",
        "k,c,fake,at least two segments",
        "k,c,Fake.io,at least two segments"
    })
    void answersOfPluginsAreChecked(String key, String source, String annotation, String why) {
        EncryptResponse answer = EncryptResponse.newBuilder()
                .setKeyId(key)
                .setCiphertext(ByteString.copyFromUtf8(source))
                .putAnnotations(annotation, ByteString.EMPTY)
                .build();
        KmsException refused = assertThrows(KmsException.class, () -> KmsEnvelope.of(answer));
        assertTrue(String.valueOf(refused.getMessage()).contains(why), refused.getMessage());
    }

    /// Made by upstream's own code of 1.36 from the seed 00 01 … 1f.
    @Test
    void upstreamsValuesAreRead() throws Exception {
        byte[] seed = new byte[32];
        for (int i = 0; i < seed.length; i++) {
            seed[i] = (byte) i;
        }
        byte[] sealed = HexFormat.of()
                .parseHex("68ca59cfb2861b6e18889d9294e3404c12ce6f974f1c835ae72a18e805af2534"
                        + "99b4f7bbc12dafdcb12e01c1d45ec1385f24c13a99f1517cebfd98fbd6750656ed1fc615e529db03f64e44de34");
        assertEquals(
                "{\"kind\":\"Secret\"}", new String(new SeedCipher(seed).decrypt(KEY, sealed), StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource({
        "name: '',mandatory",
        "'apiVersion: v1, name: n','there is: v2'",
        "'name: n',there is: v2",
        "'apiVersion: v2, name: \"a:b\"',must not contain",
        "'apiVersion: v2, name: n',endpoint is a mandatory",
        "'apiVersion: v2, name: n, endpoint: \"tcp://h\"',only unix",
        "'apiVersion: v2, name: n, endpoint: \"unix:///s\", timeout: 0s',positive",
        "'apiVersion: v2, name: n, endpoint: \"unix:///s\", cachesize: 3',not supported in v2"
    })
    void whatUpstreamRefusesIsRefused(String kms, String why) {
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class,
                () -> KmsSettings.of(Bodies.yaml(("{" + kms + "}").getBytes(StandardCharsets.UTF_8))
                        .tree()));
        assertTrue(String.valueOf(refused.getMessage()).contains(why), refused.getMessage());
    }
}
