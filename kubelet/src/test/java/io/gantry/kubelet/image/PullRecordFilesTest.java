package io.gantry.kubelet.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.kubelet.runtime.RegistryLogin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The files are those of upstream's kubelet.
class PullRecordFilesTest {
    /// SHA-256 of `reg.io/x:1` and of `sha256:abc`.
    private static final String INTENT = "sha256-28b180e794227807bf232375c7d4e35a4590784a66d49d8f683a8006aded4269";

    private static final String PULLED = "sha256-67e9bc3cfd2163c2978358dfe00d2f912cd4ee0c99f077c3583b39b48aebb124";

    @TempDir
    private Path root;

    private PullRecordFiles files;
    private Path pulling;
    private Path pulled;

    @BeforeEach
    void open() throws IOException {
        files = PullRecordFiles.under(root);
        pulling = root.resolve("image_manager/pulling");
        pulled = root.resolve("image_manager/pulled");
    }

    @Test
    void anIntentIsAFileNamedByTheImage() throws Exception {
        files.writeIntent("reg.io/x:1");
        Path file = pulling.resolve(INTENT);
        assertEquals(
                "{\"kind\":\"ImagePullIntent\",\"apiVersion\":\"kubelet.config.k8s.io/v1beta1\",\"image\":\"reg.io/x:1\"}",
                Files.readString(file));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(pulling)));
        assertTrue(files.hasIntent("reg.io/x:1"));
        assertFalse(files.hasIntent("reg.io/x:2"));
        assertEquals(List.of("reg.io/x:1"), files.intents());
        assertEquals(new PullRecordStore.Sizes(1, 0), files.sizes());
        files.deleteIntent("reg.io/x:1");
        files.deleteIntent("reg.io/x:1");
        assertFalse(files.hasIntent("reg.io/x:1"));
    }

    @Test
    void aRecordIsAFileNamedByTheImagesId() throws Exception {
        Instant now = Instant.parse("2026-01-02T03:04:05.678Z");
        ImagePulledRecord record = ImagePulledRecord.of("sha256:abc", now)
                .with("reg.io/x", ImagePullCredentials.of(new ImagePullSecret("u", "ns", "key", "h")), now)
                .with("reg.io/y", ImagePullCredentials.EVERYBODY, now);
        files.write(record);
        assertEquals("""
                {"kind":"ImagePulledRecord","apiVersion":"kubelet.config.k8s.io/v1beta1",\
                "lastUpdatedTime":"2026-01-02T03:04:05Z","imageRef":"sha256:abc","credentialMapping":{\
                "reg.io/x":{"kubernetesSecrets":[{"uid":"u","namespace":"ns","name":"key","credentialHash":"h"}]},\
                "reg.io/y":{"nodePodsAccessible":true}}}""", Files.readString(pulled.resolve(PULLED)));
        assertEquals(record, files.pulled("sha256:abc").orElseThrow());
        assertEquals(List.of(record), files.pulled());
        files.deletePulled("sha256:abc");
        assertTrue(files.pulled("sha256:abc").isEmpty());
    }

    @Test
    void olderKubeletsAndCredentialProvidersAreUnderstood() throws Exception {
        Files.writeString(pulled.resolve(PULLED), """
                {"kind":"ImagePulledRecord","apiVersion":"kubelet.config.k8s.io/v1alpha1","lastUpdatedTime":"2026-01-02T03:04:05Z",
                 "imageRef":"sha256:abc","credentialMapping":{"reg.io/x":{"kubernetesServiceAccounts":[
                 {"uid":"u","namespace":"ns","name":"robot"}]}}}
                """);
        Instant now = Instant.parse("2026-01-03T00:00:00Z");
        ImagePulledRecord more = files.pulled("sha256:abc")
                .orElseThrow()
                .with("reg.io/x", ImagePullCredentials.of(new ImagePullSecret("s", "ns", "key", "h")), now);
        assertEquals("kubelet.config.k8s.io/v1beta1", more.apiVersion());
        assertEquals(
                List.of(new ImagePullServiceAccount("u", "ns", "robot")),
                more.credentialMapping().get("reg.io/x").kubernetesServiceAccounts());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{\"kind\":\"ImagePulledRec",
                "null",
                "[]",
                "{\"kind\":\"ImagePulledRecord\",\"apiVersion\":\"kubelet.config.k8s.io/v1beta1\"}",
                "{\"kind\":\"ImagePullIntent\",\"apiVersion\":\"kubelet.config.k8s.io/v1beta1\",\"image\":\"x\"}",
                "{\"kind\":\"ImagePulledRecord\",\"apiVersion\":\"v9\",\"lastUpdatedTime\":\"2026-01-02T03:04:05Z\","
                        + "\"imageRef\":\"sha256:abc\"}",
            })
    void whatIsNoRecordIsAnErrorAndPassedOverInLists(String content) throws Exception {
        Files.writeString(pulled.resolve(PULLED), content);
        assertThrows(IOException.class, () -> files.pulled("sha256:abc"));
        assertEquals(List.of(), files.pulled());
    }

    @Test
    void whatKilledWritersLeftIsNoRecord() throws Exception {
        Files.writeString(pulling.resolve(INTENT + ".tmp"), "{");
        Files.writeString(pulling.resolve("." + INTENT + ".new"), "{");
        assertEquals(List.of(), files.intents());
        assertEquals(new PullRecordStore.Sizes(0, 0), files.sizes());
    }

    /// Of what Go writes: `{"username":"u","password":"p\u003c\u0026","email":"e@x"}`.
    @Test
    void credentialsAreHashedAsUpstreamDoes() {
        assertEquals(
                "e0a79a7f1270c24d503ae84fb722c868f952eb641dc18a7b651ad7917ce958c7",
                CredentialHash.of(new RegistryLogin("u", "p<&", "", ""), "e@x"));
    }
}
