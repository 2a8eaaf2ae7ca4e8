package io.gantry.cli.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.cli.CliException;
import io.gantry.client.Kubeconfig;
import io.gantry.component.pki.Pem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterFilesTest {
    @TempDir
    private Path folder;

    private static ClusterConfig config(String address) {
        return ClusterConfig.server("vm", address, 6443);
    }

    @Test
    void theConfigurationIsKept() {
        ClusterConfig config = config("192.0.2.2");
        Path file = folder.resolve("cluster.json");
        config.save(file);
        assertEquals(Optional.of(config), ClusterConfig.load(file));
        assertEquals("10.96.0.10", config.dnsAddress());
        assertEquals("10.96.0.1", config.apiServiceAddress());
    }

    @Test
    void aClusterOfBeforeIsOneNode() throws Exception {
        Path file = folder.resolve("cluster.json");
        config("192.0.2.2").save(file);
        Files.writeString(file, Files.readString(file).replaceAll("(?s),\\s*\"nodes\".*", "}"));
        ClusterConfig before = ClusterConfig.load(file).orElseThrow();
        assertEquals(1, before.nodes());
        assertEquals("10.245.0.3", before.localNodeAddress(3));
        assertEquals("", before.networkNamespace());
        assertEquals(List.of(), before.extraConfig());
    }

    @Test
    void flagsThatSomebodyAddsAreKept() {
        List<String> extra = ExtraConfig.of(
                List.of("kubelet.max-pods=50", "apiserver.audit-log-path=-", "kubelet.node-labels=a=b,c="),
                ExtraConfig.OF_SERVERS);
        ClusterConfig config = config("192.0.2.2").withExtraConfig(extra);
        Path file = folder.resolve("cluster.json");
        config.save(file);
        assertEquals(Optional.of(config), ClusterConfig.load(file));
        assertEquals(List.of("--max-pods=50", "--node-labels=a=b,c="), ExtraConfig.flags(extra, "kubelet"));
        assertEquals(List.of("--audit-log-path=-"), ExtraConfig.flags(extra, "apiserver"));
        assertEquals(List.of(), ExtraConfig.of(List.of("none"), ExtraConfig.OF_SERVERS));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            kubelet          | must be COMPONENT.FLAG=VALUE
            kubelet.max-pods | must be COMPONENT.FLAG=VALUE
            etcd.quota=1     | runs no etcd, but apiserver, scheduler
            """)
    void flagsThatAreNoneAreNamed(String word, String why) {
        String message = String.valueOf(
                assertThrows(CliException.class, () -> ExtraConfig.of(List.of(word), ExtraConfig.OF_SERVERS))
                        .getMessage());
        assertTrue(message.contains(why), message);
    }

    @Test
    void aBrokenConfigurationSaysSo() throws Exception {
        Path file = folder.resolve("cluster.json");
        Files.writeString(file, "{");
        assertTrue(assertThrows(CliException.class, () -> ClusterConfig.load(file))
                .getMessage()
                .contains("cannot be read"));
    }

    @Test
    void certificatesAreKeptUntilTheAddressChanges() throws Exception {
        ClusterLayout layout = new ClusterLayout(folder.resolve("data"));
        new ClusterCertificates(layout, config("192.0.2.2")).ensure();
        String authority = Files.readString(layout.pki("ca.crt"));
        String serving = Files.readString(layout.pki("apiserver.crt"));
        new ClusterCertificates(layout, config("192.0.2.2")).ensure();
        assertEquals(serving, Files.readString(layout.pki("apiserver.crt")));
        Files.copy(layout.pki("scheduler.crt"), layout.pki("admin.crt"), StandardCopyOption.REPLACE_EXISTING);
        new ClusterCertificates(layout, config("192.0.2.3")).ensure();
        assertEquals("RSA", Pem.privateKey(layout.pki("admin.key")).getAlgorithm(), "fabric8 reads no other");
        assertEquals(
                "RSA",
                Pem.certificates(layout.pki("admin.crt"))
                        .getFirst()
                        .getPublicKey()
                        .getAlgorithm());
        assertEquals(authority, Files.readString(layout.pki("ca.crt")));
        assertFalse(serving.equals(Files.readString(layout.pki("apiserver.crt"))));
        Pem.certificates(layout.pki("apiserver.crt"))
                .getFirst()
                .verify(Pem.certificates(layout.pki("ca.crt")).getFirst().getPublicKey());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(layout.pki("ca.key"))));
        assertEquals(
                "https://192.0.2.3:6443",
                Kubeconfig.load(layout.adminKubeconfig()).server().toString());
    }

    @Test
    void anothersKubeconfigIsNeverWrittenOver() throws Exception {
        ClusterLayout layout = new ClusterLayout(folder.resolve("data"));
        new ClusterCertificates(layout, config("192.0.2.2")).ensure();
        Path file = folder.resolve("home/config");
        assertEquals(Optional.of(file), UserKubeconfig.place(layout, file, null));
        assertEquals(Optional.of(file), UserKubeconfig.place(layout, file, null));
        Files.writeString(file, "mine");
        assertEquals(Optional.empty(), UserKubeconfig.place(layout, file, null));
        assertEquals("mine", Files.readString(file));
        assertEquals(Optional.empty(), UserKubeconfig.place(layout, folder.resolve("x"), "/elsewhere"));
    }
}
