package io.gantry.scheduler;

import io.gantry.api.StatusException;
import io.gantry.client.event.EventSink;
import io.gantry.scheduler.cycle.Diagnosis;
import io.gantry.scheduler.framework.PostFilterPlugin;
import io.gantry.scheduler.framework.Profile;
import io.gantry.scheduler.queue.QueuedPod;
import io.gantry.scheduler.snapshot.PodInfo;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What becomes of a pod that got no node: back into the queue, an event, its condition, promises and
/// evictions.
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
    private static final String FAILED = "FailedScheduling";
    private static final String PREEMPTION = "DefaultPreemption";

    private final Scheduler.State state;
    private final Scheduler.Outputs outputs;
    private final Writes writes;

    Failures(Scheduler.State state, Scheduler.Outputs outputs, Writes writes) {
        this.state = state;
        this.outputs = outputs;
        this.writes = writes;
    }

    /// No node would do, and post-filter plugins had their say.
    void unschedulable(Profile profile, QueuedPod queued, Diagnosis diagnosis, PostFilterPlugin.Result result)
            throws InterruptedException {
        PodInfo pod = queued.pod();
        Optional<String> nominated = nominate(pod, result);
        String message =
                result.message().isEmpty() ? diagnosis.message() : diagnosis.message() + " " + result.message();
        state.queue()
                .rejected(
                        queued,
                        diagnosis.plugins(),
                        state.nominations().nodeOf(pod).orElse(""));
        LOG.debug("{}: {}", pod, message);
        events(profile).event(pod.pod(), Optional.empty(), EventSink.WARNING, FAILED, "Scheduling", message);
        writes.run(() -> {
            outputs.pods().notScheduled(pod, "Unschedulable", message, nominated);
            result.release().forEach(outputs.pods()::release);
            result.node().ifPresent(node -> evict(profile, pod, node, result.victims()));
        });
    }

    /// A plugin took the chosen node back.
    void takenBack(Profile profile, QueuedPod queued, String plugin, List<String> reasons) throws InterruptedException {
        unschedulable(profile, queued, Diagnosis.ofChosen(plugin, reasons), PostFilterPlugin.Result.nothing("", true));
    }

    /// Something went wrong on the way: the pod is tried again after a back-off.
    ///
    /// @param why what the API server or a plugin said
    void error(Profile profile, QueuedPod queued, RuntimeException why, String message) {
        PodInfo pod = queued.pod();
        boolean gone = why instanceof StatusException status && (status.isNotFound() || status.code() == 409);
        outputs.attempts().error(profile.schedulerName());
        if (gone) {
            LOG.info("binding {} refused: {}", pod, why.getMessage());
        } else {
            LOG.warn("scheduling {} failed, trying again: {}", pod, message);
            events(profile).event(pod.pod(), Optional.empty(), EventSink.WARNING, FAILED, "Scheduling", message);
        }
        state.queue().failed(queued);
        if (!gone) {
            writes.runUnlimited(() -> tell(pod, message));
        }
    }

    private void tell(PodInfo pod, String message) {
        try {
            outputs.pods().notScheduled(pod, "SchedulerError", message, Optional.empty());
        } catch (StatusException e) {
            LOG.warn("status of {} not written: {}", pod, e.getMessage());
        }
    }

    private EventSink events(Profile profile) {
        return outputs.events().apply(profile.schedulerName());
    }

    /// Promises the pod the node where room is made, and takes other promises back that this voids;
    /// returns what the pod's status is to say.
    private Optional<String> nominate(PodInfo pod, PostFilterPlugin.Result result) throws InterruptedException {
        if (result.node().isPresent()) {
            String node = result.node().get();
            for (PodInfo other : state.nominations().lower(node, pod)) {
                state.nominations().remove(other);
                writes.run(() -> outputs.pods().clearNomination(other));
            }
            state.nominations().nominate(pod, node);
            return Optional.of(node);
        }
        if (result.clears()) {
            state.nominations().remove(pod);
            return Optional.of("");
        }
        return Optional.empty();
    }

    /// A victim that is only held for its permission needs no deletion: it does not get its node.
    private void evict(Profile profile, PodInfo pod, String node, List<PodInfo> victims) {
        outputs.attempts().preempted(victims.size());
        for (PodInfo victim : victims) {
            if (state.permits().get(victim.uid()).isPresent()) {
                state.permits().get(victim.uid()).ifPresent(held -> held.reject(PREEMPTION, "preempted"));
            } else if (!victim.terminating()) {
                outputs.pods()
                        .preempt(victim, profile.schedulerName() + ": preempting to accommodate a higher priority pod");
                events(profile)
                        .event(
                                victim.pod(),
                                Optional.of(pod.pod()),
                                EventSink.NORMAL,
                                "Preempted",
                                "Preempting",
                                "Preempted by pod " + pod.uid() + " on node " + node);
            }
        }
    }
}
