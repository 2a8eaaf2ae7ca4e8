package io.gantry.kubelet.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.kubelet.runtime.ContainerUsage;
import io.gantry.kubelet.runtime.PodIdentity;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What a node does about being short.
class EvictionsTest {
    private static final long MI = 1 << 20;
    private static final NodeObservation.Pressure MEMORY = new NodeObservation.Pressure(true, false, false);
    private static final NodeObservation.Pressure DISK = new NodeObservation.Pressure(false, true, false);

    private final List<String> done = new ArrayList<>();
    private List<Pod> pods = List.of();
    private long memory = 1000 * MI;
    private long disk = 1000 * MI;
    private long unused;
    private boolean cleared = true;
    private Instant now = Instant.EPOCH;

    private final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    };

    private final Evictions evictions = new Evictions(
            new Evictions.Means() {
                @Override
                public NodePressure.Levels levels() {
                    return new NodePressure.Levels(
                            new NodePressure.Level(memory, 100 * MI), new NodePressure.Level(disk, 200 * MI));
                }

                @Override
                public List<Pod> pods() {
                    return pods;
                }

                @Override
                public List<ContainerUsage> usage() {
                    return pods.stream()
                            .map(pod -> new ContainerUsage(
                                    "", PodIdentity.of(pod), "c", now, 0, amount(pod, "memory") * MI, 0, 0, 0, 0))
                            .toList();
                }

                @Override
                public StorageLimits.Used used(Pod pod, List<ContainerUsage> usage) {
                    return new StorageLimits.Used(
                            Map.of("v", amount(pod, "volume") * MI), Map.of("c", amount(pod, "disk") * MI));
                }

                @Override
                public void reclaiming(String resource) {
                    done.add("reclaiming " + resource);
                }

                @Override
                public void removeUnusedImages() {
                    done.add("images");
                    disk += unused;
                }

                @Override
                public void evict(Pod pod, String why) {
                    done.add(pod.metadata().name() + ": " + why);
                }

                @Override
                public boolean isCleared(Pod pod) {
                    return cleared;
                }
            },
            clock);

    /// How much a pod takes is written in its labels.
    private static long amount(Pod pod, String of) {
        return Long.parseLong(pod.metadata().labels().getOrDefault(of, "0"));
    }

    private static Pod pod(String name, String labels, String spec) {
        return Json.MAPPER.readValue(
                ("{'metadata':{'name':'" + name + "','namespace':'n','uid':'" + name + "','labels':{" + labels
                                + "}},'spec':{" + spec + "}}")
                        .replace('\'', '"'),
                Pod.class);
    }

    private static String container(String resource, String request) {
        return "'containers':[{'name':'c','resources':{'requests':{'" + resource + "':'" + request + "'}}}]";
    }

    @Test
    void nothingIsDoneWhereThereIsEnough() {
        pods = List.of(pod("a", "'disk':'900'", "'containers':[{'name':'c'}]"));
        assertEquals(NodeObservation.Pressure.NONE, evictions.look());
        assertEquals(List.of(), done);
    }

    @Test
    void unusedImagesGoBeforePods() {
        disk = 100 * MI;
        unused = 150 * MI;
        pods = List.of(pod("a", "'disk':'900'", "'containers':[{'name':'c'}]"));
        assertEquals(DISK, evictions.look());
        assertEquals(List.of("reclaiming ephemeral-storage", "images"), done);
    }

    @Test
    void onePodGoesThatTakesMoreDiskThanItAskedFor() {
        disk = 100 * MI;
        pods = List.of(
                pod("asked", "'disk':'500'", container("ephemeral-storage", "600Mi")),
                pod("critical", "'disk':'900'", "'priority':2000001000,'containers':[{'name':'c'}]"),
                pod("important", "'disk':'900'", "'priority':5,'containers':[{'name':'c'}]"),
                pod("little", "'disk':'10'", "'containers':[{'name':'c'}]"),
                pod("much", "'disk':'30','volume':'10'", container("ephemeral-storage", "20Mi")));
        evictions.look();
        assertEquals(
                List.of(
                        "reclaiming ephemeral-storage",
                        "images",
                        "much: The node was low on resource: ephemeral-storage. Threshold quantity: 200Mi, available:"
                                + " 100Mi. Container c was using 30Mi, request is 20Mi, has larger consumption of"
                                + " ephemeral-storage. "),
                done);
    }

    @Test
    void memoryGoesFirst() {
        disk = 0;
        memory = 50 * MI;
        pods = List.of(
                pod("a", "'memory':'20'", container("memory", "30Mi")),
                pod("b", "'memory':'10'", container("cpu", "1")));
        evictions.look();
        assertEquals(
                List.of(
                        "reclaiming memory",
                        "b: The node was low on resource: memory. Threshold quantity: 100Mi, available: 50Mi. Container c"
                                + " was using 10Mi, request is 0, has larger consumption of memory. "),
                done);
    }

    @Test
    void podsOverTheirLimitsGoFirst() {
        disk = 0;
        pods = List.of(
                pod("a", "'disk':'900'", "'containers':[{'name':'c'}]"),
                pod(
                        "b",
                        "'disk':'20'",
                        "'containers':[{'name':'c','resources':{'limits':{'ephemeral-storage':'10Mi'}}}]"));
        evictions.look();
        assertEquals(
                List.of("b: Pod ephemeral local storage usage exceeds the total limit of containers 10Mi. "), done);
    }

    @Test
    void onePodGoesInTenSeconds() {
        disk = 0;
        pods = List.of(pod("a", "", "'containers':[{'name':'c'}]"));
        evictions.look();
        now = now.plusSeconds(9);
        evictions.look();
        assertEquals(3, done.size());
        now = now.plusSeconds(1);
        evictions.look();
        assertEquals(6, done.size());
        now = now.minus(Duration.ofHours(1));
        evictions.look();
        assertEquals(9, done.size());
    }

    @Test
    void thePodThatGoesIsWaitedForHalfAMinute() {
        disk = 0;
        cleared = false;
        pods = List.of(pod("a", "", "'containers':[{'name':'c'}]"));
        evictions.look();
        now = now.plusSeconds(29);
        evictions.look();
        assertEquals(3, done.size());
        now = now.plusSeconds(1);
        evictions.look();
        assertEquals(6, done.size());
        cleared = true;
        now = now.plusSeconds(10);
        evictions.look();
        assertEquals(9, done.size());
    }

    @Test
    void theNodeSaysForFiveMinutesThatItWasShort() {
        memory = 0;
        assertEquals(MEMORY, evictions.look());
        memory = 1000 * MI;
        now = now.plus(Duration.ofMinutes(5)).minusMillis(1);
        assertEquals(MEMORY, evictions.look());
        now = now.plusMillis(1);
        assertEquals(NodeObservation.Pressure.NONE, evictions.look());
    }
}
