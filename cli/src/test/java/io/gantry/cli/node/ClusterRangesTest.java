package io.gantry.cli.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import io.gantry.cli.cluster.ClusterConfig;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClusterRangesTest {
    private static final ClusterConfig JOINING = ClusterConfig.agent("b", "192.0.2.3", "192.0.2.2:6443");

    @Test
    void whoJoinsTakesTheClustersRanges() {
        ClusterConfig server = ClusterConfig.server("a", "192.0.2.2", 6443)
                .withPodCidr("10.7.0.0/16")
                .withServiceCidr("10.8.0.0/16")
                .withClusterDomain("example.org")
                .withOverlay("always");
        String published = Json.MAPPER.writeValueAsString(
                Map.of("data", ClusterRanges.of(server).data()));
        ClusterConfig joined = ClusterRanges.applied(published, JOINING);
        assertEquals("10.8.0.10", joined.dnsAddress());
        assertEquals(ClusterRanges.of(server), ClusterRanges.of(joined));
        assertEquals("always", joined.overlay());
        assertEquals("192.0.2.3", joined.nodeAddress());
    }

    @Test
    void aClusterThatSaysNothingHasTheUsualOnes() {
        assertEquals(JOINING, ClusterRanges.applied("{\"data\":{\"kubeconfig\":\"\"}}", JOINING));
    }
}
