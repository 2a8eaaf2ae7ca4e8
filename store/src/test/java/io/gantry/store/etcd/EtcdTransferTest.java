package io.gantry.store.etcd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.component.pki.CertificateAuthority;
import io.gantry.component.pki.CertificateProfile;
import io.gantry.component.pki.Identity;
import io.gantry.store.CompactedException;
import io.gantry.store.Entry;
import io.gantry.store.Range;
import io.gantry.store.Store;
import io.gantry.store.StoreUnavailableException;
import io.gantry.store.embedded.EmbeddedImport;
import io.gantry.store.embedded.EmbeddedStore;
import io.gantry.store.transfer.StoreDump;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A cluster's state goes from the embedded store to an etcd with TLS and back, and revisions never go backwards.
class EtcdTransferTest {
    private static final int OBJECTS = 1_200;

    @TempDir
    private Path directory;

    private void pem(CertificateAuthority authority, String name, CertificateProfile profile) throws IOException {
        Identity identity = authority.issue(profile);
        Files.writeString(directory.resolve(name + ".crt"), identity.certificatePem());
        Files.writeString(directory.resolve(name + ".key"), identity.keyPem());
    }

    private EtcdCluster etcd() throws IOException {
        CertificateAuthority authority = CertificateAuthority.create("etcd-ca", Duration.ofDays(1));
        Files.writeString(directory.resolve("ca.crt"), authority.identity().certificatePem());
        pem(
                authority,
                "server",
                new CertificateProfile(
                        "server",
                        List.of(),
                        List.of("localhost"),
                        List.of("127.0.0.1"),
                        List.of(CertificateProfile.Usage.SERVER_AUTH, CertificateProfile.Usage.CLIENT_AUTH),
                        Duration.ofHours(1)));
        pem(authority, "client", CertificateProfile.client("client", List.of(), Duration.ofHours(1)));
        return EtcdCluster.startTls(directory.resolve("etcd"), directory);
    }

    private EtcdOptions options(EtcdCluster etcd) {
        return etcd.options()
                .withTls(new EtcdOptions.Tls(
                        directory.resolve("ca.crt"),
                        Optional.of(directory.resolve("client.crt")),
                        Optional.of(directory.resolve("client.key"))));
    }

    private static Map<String, String> content(Store store) {
        Map<String, String> content = new TreeMap<>();
        for (Entry entry : store.range(Range.prefix("/registry/")).entries()) {
            content.put(entry.key(), new String(entry.value(), UTF_8));
        }
        return content;
    }

    private static byte[] dump(Store store) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StoreDump.write(store, out);
        return out.toByteArray();
    }

    @Test
    void theStateMovesToEtcdAndBack() throws Exception {
        byte[] first;
        long revision;
        Map<String, String> content;
        try (Store embedded = EmbeddedStore.open(directory.resolve("a"), failure -> {})) {
            for (int i = 0; i < OBJECTS; i++) {
                embedded.create("/registry/configmaps/default/m" + i, ("v" + i).getBytes(UTF_8), 0);
            }
            embedded.create("/registry/masterleases/192.0.2.1", new byte[1], 0);
            first = dump(embedded);
            revision = embedded.currentRevision();
            content = content(embedded);
            content.remove("/registry/masterleases/192.0.2.1");
        }
        try (EtcdCluster etcd = etcd()) {
            try (EtcdImport target = new EtcdImport(options(etcd), revision + 50, false)) {
                assertEquals(OBJECTS, StoreDump.read(new ByteArrayInputStream(first), target));
            }
            try (EtcdImport again = new EtcdImport(options(etcd), 0, false)) {
                assertThrows(
                        StoreUnavailableException.class, () -> StoreDump.read(new ByteArrayInputStream(first), again));
            }
            byte[] second;
            long there;
            try (Store store = EtcdStore.connect(options(etcd))) {
                assertEquals(content, content(store));
                there = store.currentRevision();
                assertTrue(store.range(Range.prefix("/registry/")).entries().stream()
                        .allMatch(entry -> entry.modRevision() > revision + 50));
                assertThrows(
                        CompactedException.class,
                        () -> store.range(Range.prefix("/registry/").withRevision(revision)));
                second = dump(store);
            }
            back(second, there, content);
            assertThrows(
                    StoreUnavailableException.class,
                    () -> EtcdStore.connect(etcd.options()).close());
        }
    }

    private void back(byte[] dump, long floor, Map<String, String> content) throws IOException {
        Path path = directory.resolve("b");
        try (EmbeddedImport target = new EmbeddedImport(path, floor + 1_000_000, InstantSource.system())) {
            StoreDump.read(new ByteArrayInputStream(dump), target);
        }
        try (Store store = EmbeddedStore.open(path, failure -> {})) {
            assertEquals(content, content(store));
            assertTrue(store.currentRevision() > floor + 1_000_000);
            assertThrows(
                    CompactedException.class,
                    () -> store.range(Range.prefix("/registry/").withRevision(floor)));
        }
    }

    @Test
    void aDumpThatIsCutOffIsToldFromAWholeOne() throws Exception {
        try (Store embedded = EmbeddedStore.open(directory.resolve("c"), failure -> {})) {
            embedded.create("/registry/a", new byte[100], 0);
            byte[] dump = dump(embedded);
            for (int length : List.of(3, 20, dump.length - 1)) {
                Path path = directory.resolve("cut" + length);
                try (EmbeddedImport target = new EmbeddedImport(path, 0, InstantSource.system())) {
                    assertThrows(
                            IOException.class,
                            () -> StoreDump.read(new ByteArrayInputStream(Arrays.copyOf(dump, length)), target));
                }
            }
        }
    }
}
