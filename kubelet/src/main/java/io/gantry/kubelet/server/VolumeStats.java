package io.gantry.kubelet.server;

import io.gantry.api.core.v1.pod.Pod;
import io.gantry.component.Counts;
import io.gantry.kubelet.runtime.PodIdentity;
import io.gantry.kubelet.volume.VolumeRoom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How full the volumes of pods are: asked of who knows once a minute, and told as often as anybody asks (upstream
/// `fs_resource_analyzer.go`, `volume_stats.go`). Thread-safe.
public final class VolumeStats {
    private static final Logger LOG = LoggerFactory.getLogger(VolumeStats.class);

    /// Upstream's `volumeStatsAggPeriod`.
    private static final Duration PERIOD = Duration.ofMinutes(1);

    private static final List<String> LABELS = List.of("namespace", "persistentvolumeclaim");

    private record Known(String namespace, List<VolumeRoom> rooms) {}

    private record Gauge(String name, ToLongFunction<VolumeRoom> value) {}

    private static final List<Gauge> GAUGES = List.of(
            new Gauge("capacity_bytes", room -> room.bytes().total()),
            new Gauge("available_bytes", room -> room.bytes().available()),
            new Gauge("used_bytes", room -> room.bytes().used()),
            new Gauge("inodes", room -> room.inodes().total()),
            new Gauge("inodes_free", room -> room.inodes().available()),
            new Gauge("inodes_used", room -> room.inodes().used()));

    private final Supplier<List<Pod>> pods;
    private final Function<Pod, List<VolumeRoom>> ask;
    private volatile Map<String, Known> latest = Map.of();

    /// @param pods those of the node
    /// @param ask blocks
    public VolumeStats(Supplier<List<Pod>> pods, Function<Pod, List<VolumeRoom>> ask) {
        this.pods = pods;
        this.ask = ask;
    }

    /// Begins; returns at once.
    public void start(CountDownLatch stopped) {
        Thread.ofVirtual().name("volume-stats").start(() -> {
            try {
                while (!stopped.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS)) {
                    look();
                }
            } catch (InterruptedException stopping) {
                LOG.debug("stopped", stopping);
            }
        });
    }

    /// Asks now.
    void look() {
        Map<String, Known> now = new TreeMap<>();
        for (Pod pod : pods.get()) {
            List<VolumeRoom> rooms = ask.apply(pod);
            if (!rooms.isEmpty()) {
                PodIdentity id = PodIdentity.of(pod);
                now.put(id.uid(), new Known(id.namespace(), rooms));
            }
        }
        latest = now;
    }

    /// The entries of a pod in `/stats/summary`.
    List<Map<String, Object>> of(String podUid) {
        Known known = latest.get(podUid);
        return known == null
                ? List.of()
                : known.rooms().stream()
                        .map(room -> entry(known.namespace(), room))
                        .toList();
    }

    private static Map<String, Object> entry(String namespace, VolumeRoom room) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("time", room.at());
        entry.put("availableBytes", room.bytes().available());
        entry.put("capacityBytes", room.bytes().total());
        entry.put("usedBytes", room.bytes().used());
        entry.put("inodesFree", room.inodes().available());
        entry.put("inodes", room.inodes().total());
        entry.put("inodesUsed", room.inodes().used());
        entry.put("name", room.name());
        room.claim().ifPresent(claim -> entry.put("pvcRef", Map.of("name", claim, "namespace", namespace)));
        return entry;
    }

    /// Prometheus text: each claim once, whoever uses it.
    public String metrics() {
        Map<List<String>, VolumeRoom> claims = new LinkedHashMap<>();
        latest.values()
                .forEach(known -> known.rooms()
                        .forEach(room -> room.claim()
                                .ifPresent(claim -> claims.putIfAbsent(List.of(known.namespace(), claim), room))));
        List<String> lines = new ArrayList<>();
        for (Gauge gauge : claims.isEmpty() ? List.<Gauge>of() : GAUGES) {
            String name = "kubelet_volume_stats_" + gauge.name();
            lines.add("# TYPE " + name + " gauge\n");
            claims.forEach((claim, room) ->
                    lines.add(Counts.line(name, LABELS, claim, gauge.value().applyAsLong(room))));
        }
        return String.join("", lines);
    }
}
