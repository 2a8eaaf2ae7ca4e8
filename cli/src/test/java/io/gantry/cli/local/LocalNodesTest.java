package io.gantry.cli.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import io.gantry.cli.CliException;
import io.gantry.cli.cluster.ClusterConfig;
import io.gantry.cli.cluster.ClusterLayout;
import io.gantry.cli.node.NodeStatus;
import io.gantry.cli.node.RegistryMirror;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalNodesTest {
    @TempDir
    private Path folder;

    @Test
    void aFurtherNodeJoinsWithTheClustersRanges() {
        ClusterConfig server = ClusterConfig.server("vm", "192.0.2.2", 7443)
                .withPodCidr("10.7.0.0/16")
                .withServiceCidr("10.8.0.0/16")
                .withRegistryMirrors(List.of("docker.io=http://192.0.2.9:5000"));
        LocalNode node = LocalNode.of(3, new ClusterLayout(ClusterLayout.DEFAULT_DATA));
        ClusterConfig joining = LocalNode.config(node, server);
        assertEquals(ClusterConfig.Role.AGENT, joining.role());
        assertEquals("vm-3", joining.nodeName());
        assertEquals("10.245.0.3", joining.nodeAddress());
        assertEquals("https://192.0.2.2:7443", joining.apiServer());
        assertEquals("10.7.0.0/16", joining.podCidr());
        assertEquals("10.8.0.10", joining.dnsAddress());
        assertEquals(server.registryMirrors(), joining.registryMirrors());
        assertEquals("gantry-3", joining.networkNamespace());
        assertEquals("gantry-n3", node.cable());
        assertEquals(
                ClusterLayout.DEFAULT_DATA.resolve("nodes/3"), node.layout().data());
    }

    @Test
    void whatHasAFolderIsPresent() throws Exception {
        ClusterLayout layout = new ClusterLayout(folder);
        assertEquals(List.of(), LocalNodes.present(layout));
        for (String name : List.of("10", "2", "lost+found")) {
            Files.createDirectories(layout.localNodes().resolve(name));
        }
        assertEquals(
                List.of(2, 10),
                LocalNodes.present(layout).stream().map(LocalNode::number).toList());
    }

    /// The network is taken away once, and again when that did not come to its end.
    @Test
    void theNetworkIsTakenAwayWhileTheFolderOfNodesIsThere() throws Exception {
        ClusterLayout layout = new ClusterLayout(folder);
        AtomicInteger removals = new AtomicInteger();
        LocalNodes.takeAway(layout, removals::incrementAndGet);
        assertEquals(0, removals.get());
        Files.createDirectories(layout.localNode(2).data());
        LocalNodes.takeAway(layout, removals::incrementAndGet);
        assertEquals(1, removals.get());
        assertTrue(Files.exists(layout.localNode(2).data()), "data of a stopped node stay");
        Files.delete(layout.localNode(2).data());
        assertThrows(
                CliException.class,
                () -> LocalNodes.takeAway(layout, () -> {
                    throw new CliException("killed");
                }));
        LocalNodes.takeAway(layout, removals::incrementAndGet);
        assertEquals(2, removals.get());
        LocalNodes.takeAway(layout, removals::incrementAndGet);
        assertEquals(2, removals.get());
    }

    /// A joined node knows no nodes; empty lists are left out of the JSON.
    @Test
    void whatANodeSaysOfItselfIsRead() {
        NodeStatus said = new NodeStatus(
                true, List.of(new NodeStatus.ProcessLine("kubelet", 7, 1 << 20, true, 0, false)), List.of(), "");
        assertEquals(said, Json.MAPPER.readValue(Json.MAPPER.writeValueAsString(said), NodeStatus.class));
    }

    @Test
    void logsAreThoseOfTheNode() {
        ClusterLayout layout = new ClusterLayout(folder);
        assertEquals(layout.log("kubelet"), LocalStatus.log(layout, "kubelet"));
        assertEquals(layout.localNode(12).log("kubelet"), LocalStatus.log(layout, "vm-1-12/kubelet"));
    }

    @Test
    void loopbackIsOfOneNamespace() {
        assertTrue(RegistryMirror.parse("docker.io=http://127.0.0.1:5000").isOnLoopback());
        assertTrue(RegistryMirror.parse("docker.io=http://localhost:5000").isOnLoopback());
        assertFalse(RegistryMirror.parse("docker.io=https://mirror.example").isOnLoopback());
    }
}
