package io.gantry.controllermanager.devicetainteviction;

import io.gantry.api.core.v1.endpoints.ObjectReferenceBuilder;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.client.ObjectKey;
import io.gantry.client.Resource;
import io.gantry.client.event.EventSink;
import io.gantry.client.informer.Lister;
import io.gantry.client.work.Reconciler;
import io.gantry.client.work.Result;
import io.gantry.component.Counts;
import io.gantry.component.Histogram;
import io.gantry.controllermanager.ControllerContext;
import io.gantry.controllermanager.common.Owners;
import io.gantry.controllermanager.common.PodDisruption;
import io.gantry.controllermanager.common.Pods;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// Carries out [DeviceEvictionPlan].
final class DeviceEvictions implements Reconciler<ObjectKey> {
    private static final double[] SECONDS = {0.005, 0.025, 0.1, 0.5, 1, 2.5, 10, 30, 60, 120, 180, 240};

    private final Lister<Pod> pods;
    private final Function<String, DeviceEvictionPlan.View> views;
    private final Resource<Pod> resource;
    private final PodDisruption disruption;
    private final EventSink events;
    private final Clock clock;
    /// The uids of the pods that wait for their end.
    private final Map<ObjectKey, String> waiting = new ConcurrentHashMap<>();

    private final Counts deletions = Counts.counter("device_taint_eviction_controller_pod_deletions_total");
    private final Histogram latency =
            new Histogram("device_taint_eviction_controller_pod_deletion_duration_seconds", List.of(), SECONDS);

    /// @param views what is known in a namespace
    DeviceEvictions(
            Lister<Pod> pods,
            Function<String, DeviceEvictionPlan.View> views,
            ControllerContext context,
            EventSink events) {
        this.pods = pods;
        this.views = views;
        this.resource = context.client().resource(PodKind.KIND);
        this.disruption = new PodDisruption(context.client(), context.clock());
        this.events = events;
        this.clock = context.clock();
    }

    String metrics() {
        return deletions.text() + latency.text();
    }

    @Override
    public Result reconcile(ObjectKey key) {
        Optional<Pod> found = pods.get(key.namespace(), key.name());
        if (found.isEmpty() || Pods.isTerminating(found.get())) {
            waiting.remove(key);
            return Result.done();
        }
        Pod pod = found.get();
        Optional<Instant> deadline = DeviceEvictionPlan.of(pod, views.apply(key.namespace()));
        if (deadline.isEmpty()) {
            if (Owners.uid(pod).equals(waiting.remove(key))) {
                tell(pod, "Cancelling deletion");
            }
            return Result.done();
        }
        Duration left = Duration.between(clock.instant(), deadline.get());
        if (left.isPositive()) {
            waiting.put(key, Owners.uid(pod));
            return Result.requeueAfter(left);
        }
        waiting.remove(key);
        evict(pod, deadline.get());
        return Result.done();
    }

    /// The cache may not show yet that it is going.
    private void evict(Pod known, Instant deadline) {
        ObjectKey key = ObjectKey.of(known);
        Optional<Pod> pod = resource.find(key.namespace(), key.name())
                .filter(p -> Owners.uid(p).equals(Owners.uid(known)))
                .filter(p -> !Pods.isTerminating(p));
        if (pod.isPresent()) {
            tell(pod.get(), "Marking for deletion");
            disruption.mark(
                    pod.get(), "DeletionByDeviceTaintManager", "Device Taint manager: deleting due to NoExecute taint");
            disruption.delete(pod.get());
            deletions.of().increment();
            latency.of()
                    .observeNanos(Duration.between(deadline, clock.instant()).toNanos());
        }
    }

    private void tell(Pod pod, String message) {
        events.event(
                ObjectReferenceBuilder.builder()
                        .apiVersion(PodKind.KIND.apiVersion())
                        .kind(PodKind.KIND.name())
                        .namespace(ObjectKey.of(pod).namespace())
                        .name(ObjectKey.of(pod).name())
                        .uid(Owners.uid(pod))
                        .build(),
                EventSink.NORMAL,
                "DeviceTaintManagerEviction",
                message);
    }
}
