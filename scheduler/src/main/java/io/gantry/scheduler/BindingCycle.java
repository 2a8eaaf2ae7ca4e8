package io.gantry.scheduler;

import io.gantry.api.StatusException;
import io.gantry.client.event.EventSink;
import io.gantry.scheduler.extender.ExtenderException;
import io.gantry.scheduler.framework.BindPlugin;
import io.gantry.scheduler.framework.ExtensionPoint;
import io.gantry.scheduler.framework.ExtensionTimes;
import io.gantry.scheduler.framework.HeldPod;
import io.gantry.scheduler.framework.PermitPlugin;
import io.gantry.scheduler.framework.PostBindPlugin;
import io.gantry.scheduler.framework.PreBindPlugin;
import io.gantry.scheduler.framework.Profile;
import io.gantry.scheduler.framework.ReservePlugin;
import io.gantry.scheduler.framework.Verdict;
import io.gantry.scheduler.queue.QueuedPod;
import io.gantry.scheduler.snapshot.PodInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A pod's way from a chosen node to its binding: reserve and permit on the scheduling thread, then wait,
/// pre-bind, bind and post-bind beside it, while the pod counts as placed ("assumed").
final class BindingCycle {
    private static final Logger LOG = LoggerFactory.getLogger(BindingCycle.class);

    private final Scheduler.State state;
    private final Scheduler.Outputs outputs;
    private final Writes writes;
    private final Failures failures;

    BindingCycle(Scheduler.State state, Scheduler.Outputs outputs, Writes writes, Failures failures) {
        this.state = state;
        this.outputs = outputs;
        this.writes = writes;
        this.failures = failures;
    }

    /// One pod on its way.
    private record Way(Profile profile, QueuedPod queued, String node, long startNanos) {
        PodInfo pod() {
            return queued.pod();
        }
    }

    /// Begins with a pod that is assumed on the node. On the scheduling thread.
    void begin(Profile profile, QueuedPod queued, String node, long startNanos) throws InterruptedException {
        Way way = new Way(profile, queued, node, startNanos);
        if (profile.reserves().isEmpty() && profile.permits().isEmpty()) {
            settled(way, Optional.empty());
            return;
        }
        for (ReservePlugin plugin : profile.reserves()) {
            if (plugin.reserve(way.pod(), node) instanceof Verdict.Rejected rejected) {
                takeBack(way, plugin.name(), rejected.reasons());
                return;
            }
        }
        Map<String, Duration> waits = profile.permits().isEmpty() ? Map.of() : new LinkedHashMap<>();
        for (PermitPlugin plugin : profile.permits()) {
            switch (plugin.permit(way.pod(), node)) {
                case PermitPlugin.Permission.Allow _ -> {}
                case PermitPlugin.Permission.Wait(Duration timeout) -> waits.put(plugin.name(), timeout);
                case PermitPlugin.Permission.Deny(String reason) -> {
                    takeBack(way, plugin.name(), List.of(reason));
                    return;
                }
            }
        }
        settled(
                way,
                waits.isEmpty() ? Optional.empty() : Optional.of(state.permits().hold(way.pod(), node, waits)));
    }

    private void settled(Way way, Optional<HeldPod> held) throws InterruptedException {
        state.nominations().remove(way.pod());
        state.queue().placed(way.pod());
        if (held.isPresent() || (mayWait(way.pod()) && !way.profile.preBinds().isEmpty())) {
            writes.runUnlimited(() -> finish(way, held));
        } else {
            writes.run(() -> finish(way, held));
        }
    }

    /// Binding a pod with claims can wait for minutes and must not hold up others.
    private static boolean mayWait(PodInfo pod) {
        return !pod.pod().spec().resourceClaims().isEmpty()
                || !pod.requests().scalars().isEmpty()
                || pod.pod().spec().volumes().stream()
                        .anyMatch(volume -> volume.persistentVolumeClaim() != null || volume.ephemeral() != null);
    }

    private void finish(Way way, Optional<HeldPod> held) {
        outputs.attempts().binding(true);
        try {
            if (held.isPresent() && !permitted(way, held.get())) {
                return;
            }
            bind(way);
        } catch (InterruptedException e) {
            unreserve(way);
        } finally {
            outputs.attempts().binding(false);
        }
    }

    private boolean permitted(Way way, HeldPod held) throws InterruptedException {
        Optional<HeldPod.Refusal> refusal;
        long start = System.nanoTime();
        try {
            refusal = held.await();
        } finally {
            state.permits().release(held);
        }
        outputs.attempts().waited(refusal.isEmpty(), System.nanoTime() - start);
        if (refusal.isPresent()) {
            takeBack(way, refusal.get().plugin(), List.of(refusal.get().reason()));
        }
        return refusal.isEmpty();
    }

    private void bind(Way way) throws InterruptedException {
        PodInfo pod = way.pod();
        String step = "";
        ExtensionPoint point = ExtensionPoint.PRE_BIND;
        long start = System.nanoTime();
        try {
            for (PreBindPlugin plugin : way.profile.preBinds()) {
                step = "running PreBind plugin \"" + plugin.name() + "\": ";
                plugin.preBind(pod, way.node);
            }
            took(way, point, ExtensionTimes.SUCCESS, start);
            point = ExtensionPoint.BIND;
            start = System.nanoTime();
            step = "";
            boolean bound = way.profile.extenders().bind(pod, way.node);
            for (BindPlugin plugin : way.profile.binds()) {
                step = "running Bind plugin \"" + plugin.name() + "\": ";
                bound = bound || plugin.bind(pod, way.node);
            }
            if (!bound) {
                step = "";
                throw new PreBindPlugin.PreBindException("no bind plugin binds " + pod);
            }
            took(way, point, ExtensionTimes.SUCCESS, start);
        } catch (StatusException | PreBindPlugin.PreBindException | ExtenderException e) {
            took(way, point, ExtensionTimes.ERROR, start);
            unreserve(way);
            failures.error(way.profile, way.queued, e, step + e.getMessage());
            return;
        }
        bound(way);
    }

    private void took(Way way, ExtensionPoint point, String status, long start) {
        outputs.attempts().times(way.profile.schedulerName()).took(point, status, System.nanoTime() - start);
    }

    /// How long ago the pod was created, in nanoseconds: near enough for one that waited for another try.
    private static long age(PodInfo pod) {
        Instant created = pod.pod().metadata().creationTimestamp();
        return created == null ? 0 : Duration.between(created, Instant.now()).toNanos();
    }

    private void bound(Way way) {
        PodInfo pod = way.pod();
        state.queue().done(pod);
        long took = System.nanoTime() - way.startNanos;
        int tries = way.queued.attempts();
        outputs.attempts()
                .scheduled(way.profile.schedulerName(), took, tries, tries == 1 ? took : Math.max(took, age(pod)));
        outputs.events()
                .apply(way.profile.schedulerName())
                .event(
                        pod.pod(),
                        Optional.empty(),
                        EventSink.NORMAL,
                        "Scheduled",
                        "Binding",
                        "Successfully assigned " + pod.fullName() + " to " + way.node);
        for (PostBindPlugin plugin : way.profile.postBinds()) {
            plugin.postBind(pod, way.node);
        }
    }

    private void takeBack(Way way, String plugin, List<String> reasons) throws InterruptedException {
        unreserve(way);
        failures.takenBack(way.profile, way.queued, plugin, reasons);
        LOG.debug("{} does not get {}: {}", way.pod(), way.node, reasons);
    }

    /// The room is free again, also for others that wait for it.
    private void unreserve(Way way) {
        way.profile.reserves().reversed().forEach(plugin -> plugin.unreserve(way.pod(), way.node));
        state.cache().forget(way.pod());
        state.left(way.pod(), way.node);
    }
}
