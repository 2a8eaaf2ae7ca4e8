package io.gantry.kubelet.pod;

import io.gantry.api.StatusException;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodBuilder;
import io.gantry.api.core.v1.pod.PodCondition;
import io.gantry.api.core.v1.pod.PodStatus;
import io.gantry.api.core.v1.pod.PodStatusBuilder;
import io.gantry.component.DoublingPauses;
import io.gantry.kubelet.cluster.Cluster;
import io.gantry.kubelet.runtime.PodIdentity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes statuses to the API server, only the newest of each pod, and only when it differs from what was written. A
/// pod that is done is deleted after its last status. Callers never block; while the server is away, newer statuses
/// replace older ones.
public final class StatusPublisher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StatusPublisher.class);
    private static final Duration FIRST_RETRY = Duration.ofMillis(200);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(5);

    private static final class Slot {
        Pod pod;
        Optional<PodStatus> waiting = Optional.empty();
        Optional<PodStatus> written = Optional.empty();
        boolean delete;
        boolean busy;

        Slot(Pod pod) {
            this.pod = pod;
        }
    }

    private final Cluster cluster;
    private final Terminations terminations = new Terminations();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition closing = lock.newCondition();
    private final Map<String, Slot> slots = new HashMap<>();
    private boolean closed;

    public StatusPublisher(Cluster cluster) {
        this.cluster = cluster;
    }

    /// Prometheus text.
    public String metrics() {
        return terminations.text();
    }

    /// Hands over a status. Returns at once.
    public void publish(Pod pod, PodStatus status) {
        submit(pod, Optional.of(status), false);
    }

    /// After what waits is written, deletes the pod.
    public void delete(Pod pod) {
        submit(pod, Optional.empty(), true);
    }

    /// Forgets a pod that the API server no longer has.
    public void forget(String podUid) {
        lock.lock();
        try {
            slots.remove(podUid);
        } finally {
            lock.unlock();
        }
    }

    private void submit(Pod pod, Optional<PodStatus> status, boolean delete) {
        String uid = PodIdentity.of(pod).uid();
        lock.lock();
        try {
            Slot slot = slots.computeIfAbsent(uid, k -> new Slot(pod));
            if (!slot.busy) {
                slot.pod = pod;
            }
            if (status.isPresent() && (!status.equals(slot.written) || slot.waiting.isPresent())) {
                slot.waiting = status;
            }
            slot.delete |= delete;
            boolean work = slot.waiting.isPresent() || slot.delete;
            if (work && !slot.busy && !closed) {
                slot.busy = true;
                Thread.ofVirtual().name("status-" + pod.metadata().name()).start(() -> drain(uid, slot));
            }
        } finally {
            lock.unlock();
        }
    }

    private void drain(String uid, Slot slot) {
        DoublingPauses pauses = new DoublingPauses(FIRST_RETRY, LONGEST_RETRY);
        Optional<Work> work = next(slot);
        while (work.isPresent()) {
            Optional<PodStatus> status = work.get().status();
            try {
                if (status.isEmpty()) {
                    remove(uid, slot);
                    return;
                }
                write(slot, status.get());
                pauses.reset();
            } catch (RuntimeException failure) {
                if (failure instanceof StatusException refused && refused.isNotFound()) {
                    forget(uid);
                    return;
                }
                LOG.warn("status of pod {} not written: {}", PodIdentity.of(slot.pod), failure.toString());
                if (!putBack(slot, status, pauses.next())) {
                    return;
                }
            }
            work = next(slot);
        }
    }

    /// @param status to be written; where it is empty the pod is to be deleted
    private record Work(Optional<PodStatus> status) {}

    /// What is to be done; where it is nothing this thread is done with the slot, and the next work gets another one.
    private Optional<Work> next(Slot slot) {
        lock.lock();
        try {
            Optional<PodStatus> status = slot.waiting;
            slot.waiting = Optional.empty();
            slot.busy = status.isPresent() || slot.delete;
            return slot.busy ? Optional.of(new Work(status)) : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /// Keeps the status unless a newer one came, and waits; false where the publisher is closed.
    private boolean putBack(Slot slot, Optional<PodStatus> status, Duration retry) {
        lock.lock();
        try {
            if (slot.waiting.isEmpty()) {
                slot.waiting = status;
            }
            if (!closed && closing.await(retry.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("closing");
            }
            return !closed;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void write(Slot slot, PodStatus status) {
        Pod base = slot.pod;
        Pod written;
        try {
            written = cluster.updateStatus(with(base, status));
        } catch (StatusException failure) {
            if (!failure.isConflict()) {
                throw failure;
            }
            PodIdentity id = PodIdentity.of(base);
            Pod fresh = cluster.pod(id.namespace(), id.name())
                    .filter(p -> PodIdentity.of(p).uid().equals(id.uid()))
                    .orElseThrow(() -> StatusException.notFound("", "pods", id.name()));
            written = cluster.updateStatus(with(fresh, status));
        }
        terminations.count(slot.written.orElse(base.status()), status);
        lock.lock();
        try {
            slot.pod = written;
            slot.written = Optional.of(status);
        } finally {
            lock.unlock();
        }
    }

    private static Pod with(Pod base, PodStatus status) {
        return PodBuilder.builder(base).status(merged(base.status(), status)).build();
    }

    /// Conditions of others and what is not the kubelet's stays as the API server has it.
    public static PodStatus merged(PodStatus current, PodStatus ours) {
        List<PodCondition> conditions = new ArrayList<>();
        ours.conditions().stream()
                .filter(c -> PodConditions.OWNED.contains(c.type())
                        || PodConditions.PASSING.contains(c.type())
                        || isEviction(c))
                .forEach(conditions::add);
        current.conditions().stream()
                .filter(c -> !PodConditions.PASSING.contains(c.type()))
                .filter(c -> conditions.stream().noneMatch(o -> o.type().equals(c.type())))
                .forEach(conditions::add);
        return PodStatusBuilder.builder(ours)
                .conditions(conditions)
                .nominatedNodeName(current.nominatedNodeName())
                .resourceClaimStatuses(current.resourceClaimStatuses())
                .extendedResourceClaimStatus(current.extendedResourceClaimStatus())
                .build();
    }

    private static boolean isEviction(PodCondition condition) {
        return condition.type().equals("DisruptionTarget") && "TerminationByKubelet".equals(condition.reason());
    }

    private void remove(String uid, Slot slot) {
        cluster.deletePod(slot.pod);
        forget(uid);
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            closing.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
