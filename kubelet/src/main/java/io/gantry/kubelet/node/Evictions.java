package io.gantry.kubelet.node;

import io.gantry.api.core.v1.pod.Pod;
import io.gantry.kubelet.runtime.ContainerUsage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Looks whether the node is short of memory or disk; while it is, frees what nobody uses and then ends a pod a look
/// (upstream `pkg/kubelet/eviction`). The node says that it is short until five minutes after it last was. One owner
/// thread.
public final class Evictions {
    private static final Duration TRANSITION = Duration.ofMinutes(5);
    private static final Duration PERIOD = Duration.ofSeconds(10);
    private static final Duration CLEANUP = Duration.ofSeconds(30);

    /// What a look may see and do.
    public interface Means {
        /// What there is of memory and disk now.
        NodePressure.Levels levels();

        /// Pods that have not ended.
        List<Pod> pods();

        List<ContainerUsage> usage();

        /// What a pod has on the node's disk.
        StorageLimits.Used used(Pod pod, List<ContainerUsage> usage);

        /// Tells that the node begins to free something, e.g. `memory`.
        void reclaiming(String resource);

        /// Removes images that no container uses.
        void removeUnusedImages();

        void evict(Pod pod, String why);

        /// Whether nothing of the pod is on the node any more.
        boolean isCleared(Pod pod);
    }

    private final Means means;
    private final Clock clock;
    private Optional<Instant> memoryShort = Optional.empty();
    private Optional<Instant> diskShort = Optional.empty();
    private Optional<Instant> acted = Optional.empty();
    private List<Pod> leaving = List.of();

    public Evictions(Means means, Clock clock) {
        this.means = means;
        this.clock = clock;
    }

    /// What is short, after something was done about it: at most every ten seconds, so that what was done
    /// can tell; those that were ended before are gone by then, or it waits for them for half a minute.
    public NodeObservation.Pressure look() {
        NodePressure.Levels levels = means.levels();
        Instant now = clock.instant();
        memoryShort = levels.isMemoryShort() ? Optional.of(now) : memoryShort;
        diskShort = levels.isDiskShort() ? Optional.of(now) : diskShort;
        leaving = leaving.stream().filter(pod -> !means.isCleared(pod)).toList();
        if (!isWithin(acted, leaving.isEmpty() ? PERIOD : CLEANUP, now)) {
            acted = Optional.of(now);
            act(levels);
        }
        return new NodeObservation.Pressure(
                isWithin(memoryShort, TRANSITION, now), isWithin(diskShort, TRANSITION, now), false);
    }

    /// A clock that was set back does not hold anything up.
    private static boolean isWithin(Optional<Instant> event, Duration limit, Instant now) {
        return event.map(at -> Duration.between(at, now))
                .filter(passed -> !passed.isNegative() && passed.compareTo(limit) < 0)
                .isPresent();
    }

    private void act(NodePressure.Levels levels) {
        List<Pod> pods = means.pods();
        if (!endThoseOverTheirLimits(pods)) {
            reclaim(levels, pods);
        }
    }

    private boolean endThoseOverTheirLimits(List<Pod> pods) {
        List<Pod> limited = pods.stream().filter(StorageLimits::isLimited).toList();
        if (limited.isEmpty()) {
            return false;
        }
        leaving = new ArrayList<>();
        List<ContainerUsage> usage = means.usage();
        for (Pod pod : limited) {
            StorageLimits.exceeded(pod, means.used(pod, usage)).ifPresent(why -> evict(pod, why));
        }
        return !leaving.isEmpty();
    }

    private void evict(Pod pod, String why) {
        means.evict(pod, why);
        leaving.add(pod);
    }

    private void reclaim(NodePressure.Levels levels, List<Pod> pods) {
        if (levels.isMemoryShort()) {
            means.reclaiming(NodePressure.MEMORY);
            List<ContainerUsage> usage = means.usage();
            end(pods, NodePressure.ofMemory(usage), levels.memory(), NodePressure.MEMORY);
        } else if (levels.isDiskShort()) {
            means.reclaiming(NodePressure.STORAGE);
            means.removeUnusedImages();
            NodePressure.Levels left = means.levels();
            if (left.isDiskShort()) {
                List<ContainerUsage> usage = means.usage();
                NodePressure.Use use = NodePressure.ofStorage(pod -> means.used(pod, usage));
                end(pods, use, left.disk(), NodePressure.STORAGE);
            }
        }
    }

    private void end(List<Pod> pods, NodePressure.Use use, NodePressure.Level level, String resource) {
        leaving = new ArrayList<>();
        NodePressure.victim(pods, use, resource)
                .ifPresent(pod -> evict(pod, NodePressure.message(pod, use, level, resource)));
    }
}
