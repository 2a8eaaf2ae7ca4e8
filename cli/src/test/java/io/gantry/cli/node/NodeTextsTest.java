package io.gantry.cli.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import io.gantry.api.core.v1.node.Node;
import io.gantry.cli.CliException;
import io.gantry.cli.cluster.ClusterLayout;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeTextsTest {
    @Test
    void capabilitiesAreReadFromTheKernel() {
        assertTrue(HostFeatures.hasCapability("Name:\tx\nCapEff:\t000001ffffffffff\n", 24));
        assertFalse(HostFeatures.hasCapability("CapEff:\t000001fffeffffff\n", 24));
    }

    @Test
    void containerdIsTheClustersOwn() {
        ClusterLayout layout = new ClusterLayout(Path.of("/var/lib/other"));
        String text = new ContainerdConfig("localhost/pause:1", true, false, false).text(layout);
        assertTrue(text.contains("root = \"/var/lib/other/containerd\""), text);
        assertTrue(text.contains("address = \"/run/" + layout.id() + "/containerd.sock\""), text);
        assertTrue(text.contains("restrict_oom_score_adj = true"), text);
        assertTrue(text.contains("disable_apparmor = true"), text);
    }

    @Test
    void mirrorsAreCheckedBeforeTheyAreUsed() {
        assertEquals(
                new RegistryMirror("docker.io", "http://127.0.0.1:5000"),
                RegistryMirror.parse("docker.io=http://127.0.0.1:5000"));
        assertThrows(CliException.class, () -> RegistryMirror.parse("docker.io"));
        assertThrows(CliException.class, () -> RegistryMirror.parse("docker.io=ftp://x"));
    }

    @Test
    void tokensAreSecretsAsKubeadmMakesThem() {
        String token = BootstrapTokens.generate();
        assertTrue(token.matches("[a-z0-9]{6}\\.[a-z0-9]{16}"), token);
        var secret = BootstrapTokens.secret("abcdef.0123456789abcdef", Instant.parse("2026-11-21T00:00:00Z"), "d");
        assertEquals("bootstrap-token-abcdef", secret.metadata().name());
        assertEquals(
                "2026-11-21T00:00:00Z",
                new String(Base64.getDecoder().decode(secret.data().get("expiration"))));
    }

    @Test
    void aNodeSaysWhatItIsShortOf() {
        Node node = Json.MAPPER.readValue("""
                {"metadata":{"name":"vm"},"status":{"conditions":[
                 {"type":"Ready","status":"True"},{"type":"DiskPressure","status":"True"},
                 {"type":"MemoryPressure","status":"False"}]}}
                """, Node.class);
        assertEquals(List.of("disk"), NodeReadiness.shortages(node));
        assertEquals(
                "node vm is short of disk and memory: no pods are placed on it, and some may be ended, until there is"
                        + " room again",
                NodeReadiness.warning("vm", List.of("disk", "memory")));
    }
}
