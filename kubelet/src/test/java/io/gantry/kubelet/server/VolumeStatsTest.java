package io.gantry.kubelet.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.kubelet.volume.VolumeRoom;
import io.gantry.kubelet.volume.VolumeRoom.Amount;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VolumeStatsTest {
    private static Pod pod(String name) {
        return Json.MAPPER.readValue(
                ("{'metadata':{'name':'" + name + "','namespace':'d','uid':'" + name + "'},'spec':{}}")
                        .replace('\'', '"'),
                Pod.class);
    }

    /// Agents read these names.
    @Test
    void aClaimIsToldOnceAndAVolumeWithItsPod() {
        VolumeRoom room =
                new VolumeRoom("v", Optional.of("c"), Instant.EPOCH, new Amount(6, 10, 4), new Amount(60, 100, 40));
        VolumeRoom inline = new VolumeRoom("w", Optional.empty(), Instant.EPOCH, new Amount(1, 2, 1), Amount.UNKNOWN);
        VolumeStats stats = new VolumeStats(() -> List.of(pod("p"), pod("q")), pod -> List.of(room, inline));
        assertEquals("", stats.metrics());
        stats.look();
        assertEquals(
                "[{\"time\":\"1970-01-01T00:00:00Z\",\"availableBytes\":6,\"capacityBytes\":10,\"usedBytes\":4,"
                        + "\"inodesFree\":60,\"inodes\":100,\"inodesUsed\":40,\"name\":\"v\",",
                Json.MAPPER.writeValueAsString(stats.of("p")).split("\"pvcRef\"")[0]);
        assertEquals(
                "c",
                Json.MAPPER
                        .valueToTree(stats.of("p"))
                        .path(0)
                        .path("pvcRef")
                        .path("name")
                        .asString());
        assertEquals(
                List.of("capacity_bytes", "available_bytes", "used_bytes", "inodes", "inodes_free", "inodes_used"),
                stats.metrics()
                        .lines()
                        .filter(line -> !line.startsWith("#"))
                        .map(line -> line.substring("kubelet_volume_stats_".length(), line.indexOf('{')))
                        .toList());
        assertEquals(
                "kubelet_volume_stats_available_bytes{namespace=\"d\",persistentvolumeclaim=\"c\"} 6.0",
                stats.metrics()
                        .lines()
                        .filter(line -> line.contains("available_bytes{"))
                        .findFirst()
                        .orElseThrow());
    }
}
