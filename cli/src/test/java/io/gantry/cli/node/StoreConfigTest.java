package io.gantry.cli.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.cli.CliException;
import io.gantry.cli.cluster.ClusterCertificates;
import io.gantry.cli.cluster.ClusterConfig;
import io.gantry.cli.cluster.ClusterLayout;
import io.gantry.cli.cluster.StoreConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreConfigTest {
    @TempDir
    private Path folder;

    private static ClusterConfig config(StoreConfig store) {
        return ClusterConfig.server("vm", "192.0.2.2", 6443).withStore(store);
    }

    @Test
    void theStoreIsRemembered() throws Exception {
        Path file = folder.resolve("cluster.json");
        for (StoreConfig store : List.of(
                StoreConfig.EMBEDDED,
                StoreConfig.ownEtcd(2379),
                StoreConfig.etcd(List.of("https://a:2379", "https://b:2379"), "/ca", "/crt", "/key"))) {
            config(store).save(file);
            assertEquals(Optional.of(config(store)), ClusterConfig.load(file));
        }
        String before = Files.readString(file).replaceAll("(?s),\\s*\"store\".*", "}");
        Files.writeString(file, before);
        assertEquals(
                StoreConfig.EMBEDDED, ClusterConfig.load(file).orElseThrow().store(), before);
    }

    @Test
    void ourEtcdRunsWithAnAuthorityOfItsOwn() {
        ClusterLayout layout = new ClusterLayout(folder);
        ClusterConfig config = config(StoreConfig.ownEtcd(2379));
        new ClusterCertificates(layout, config).ensure();
        assertTrue(Files.exists(layout.pki("etcd-ca.key")));
        assertTrue(EtcdMember.spec(layout, config).command().contains("--client-cert-auth=true"));
        List<String> apiServer = config.store().apiServerFlags(layout);
        assertTrue(apiServer.contains("--etcd-servers=https://127.0.0.1:2379"));
        assertTrue(apiServer.stream().noneMatch(flag -> flag.startsWith("--data-dir")));
    }

    @Test
    void theUsersEtcdIsUsedAsGiven() {
        StoreConfig store = StoreConfig.etcd(List.of("https://a:2379", "https://b:2379"), "/ca", "/crt", "/key");
        assertEquals(
                List.of(
                        "--etcd-servers=https://a:2379,https://b:2379",
                        "--etcd-cafile=/ca",
                        "--etcd-certfile=/crt",
                        "--etcd-keyfile=/key"),
                store.apiServerFlags(new ClusterLayout(folder)));
        assertEquals("etcd (https://a:2379,https://b:2379)", store.describe());
    }

    @Test
    void whatCannotWorkIsRefused() {
        assertThrows(CliException.class, () -> StoreConfig.etcd(List.of("a:2379"), "", "", ""));
        assertThrows(CliException.class, () -> StoreConfig.etcd(List.of("https://a:2379"), "", "", ""));
        assertThrows(CliException.class, () -> StoreConfig.etcd(List.of("http://a:2379"), "", "/crt", ""));
    }
}
