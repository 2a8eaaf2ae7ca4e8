package io.gantry.scheduler;

import io.gantry.api.StatusException;
import io.gantry.client.event.EventSink;
import io.gantry.scheduler.cycle.Decision;
import io.gantry.scheduler.cycle.Diagnosis;
import io.gantry.scheduler.cycle.DisruptionBudgets;
import io.gantry.scheduler.cycle.Nominations;
import io.gantry.scheduler.cycle.Preemption;
import io.gantry.scheduler.cycle.SchedulingCycle;
import io.gantry.scheduler.framework.PreBindPlugin;
import io.gantry.scheduler.plugins.PluginCatalog;
import io.gantry.scheduler.queue.QueuedPod;
import io.gantry.scheduler.queue.SchedulingQueue;
import io.gantry.scheduler.snapshot.ClusterCache;
import io.gantry.scheduler.snapshot.PodInfo;
import io.gantry.scheduler.snapshot.Snapshot;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes pods from the queue one at a time, decides, and has the decision written. Deciding is done by
/// one thread; writing runs beside it on virtual threads, while the pod counts as placed ("assumed").
public final class Scheduler implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);
    /// How many writes may be on their way at a time.
    private static final int MAX_WRITES = 64;

    private final State state;
    private final PluginCatalog plugins;
    private final SchedulingCycle cycle;
    private final Preemption preemption;
    private final Supplier<DisruptionBudgets> budgets;
    private final PodSink pods;
    private final EventSink events;
    private final Attempts attempts;
    private final Semaphore writes = new Semaphore(MAX_WRITES);
    private final ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor();
    private Thread thread = Thread.ofVirtual().unstarted(() -> {});

    /// What the scheduler and the feed from the API server share.
    record State(SchedulingQueue queue, ClusterCache cache, Nominations nominations) {}

    Scheduler(State state, PluginCatalog plugins, Choice choice, Supplier<DisruptionBudgets> budgets, Outputs outputs) {
        this.state = state;
        this.plugins = plugins;
        this.cycle = new SchedulingCycle(plugins, state.nominations, choice.random, choice.percentageOfNodes);
        this.preemption = new Preemption(state.nominations, choice.random);
        this.budgets = budgets;
        this.pods = outputs.pods;
        this.events = outputs.events;
        this.attempts = outputs.attempts;
    }

    /// How one of many nodes is chosen.
    ///
    /// @param percentageOfNodes how many must be feasible before the best is taken; 0 for upstream's default
    record Choice(RandomGenerator random, int percentageOfNodes) {}

    /// Where decisions are written.
    record Outputs(PodSink pods, EventSink events, Attempts attempts) {}

    /// Starts the scheduling thread; informers should have synced before.
    void start() {
        thread = Thread.ofPlatform().name("scheduling").start(this::run);
    }

    private void run() {
        try {
            Optional<QueuedPod> next = state.queue.take();
            while (next.isPresent()) {
                guarded(next.get());
                next = state.queue.take();
            }
        } catch (InterruptedException e) {
            LOG.debug("scheduling stopped");
        }
    }

    private void guarded(QueuedPod queued) throws InterruptedException {
        try {
            schedule(queued);
        } catch (RuntimeException e) {
            LOG.error("scheduling of {} failed", queued.pod(), e);
            attempts.error();
            state.queue.failed(queued, queued.pod());
        }
    }

    private void schedule(QueuedPod queued) throws InterruptedException {
        PodInfo pod = queued.pod();
        if (pod.terminating() || state.cache.holds(pod.uid())) {
            state.queue.done(pod);
            return;
        }
        long start = System.nanoTime();
        Snapshot snapshot = state.cache.snapshot();
        switch (cycle.decide(pod, snapshot)) {
            case Decision.Placed placed -> place(queued, placed, start);
            case Decision.Unschedulable unschedulable -> {
                attempts.unschedulable(System.nanoTime() - start);
                reject(queued, unschedulable, snapshot);
            }
        }
    }

    private void place(QueuedPod queued, Decision.Placed placed, long startNanos) throws InterruptedException {
        PodInfo pod = queued.pod();
        if (!state.cache.assume(pod, placed.node())) {
            state.queue.done(pod);
            return;
        }
        state.nominations.remove(pod);
        state.queue.placed(pod);
        boolean quick = plugins.preBind().isEmpty() || !mayWait(pod);
        if (quick) {
            writes.acquire();
        }
        writers.execute(() -> {
            try {
                bind(queued, placed.node(), startNanos);
            } finally {
                if (quick) {
                    writes.release();
                }
            }
        });
    }

    /// Binding a pod with claims can wait for minutes and must not hold up others.
    private static boolean mayWait(PodInfo pod) {
        return pod.pod().spec().volumes().stream()
                .anyMatch(volume -> volume.persistentVolumeClaim() != null || volume.ephemeral() != null);
    }

    private void bind(QueuedPod queued, String node, long startNanos) {
        PodInfo pod = queued.pod();
        try {
            for (PreBindPlugin plugin : plugins.preBind()) {
                plugin.preBind(pod, node);
            }
            pods.bind(pod, node);
            state.queue.done(pod);
            attempts.scheduled(System.nanoTime() - startNanos);
            events.event(
                    pod.pod(),
                    EventSink.NORMAL,
                    "Scheduled",
                    "Successfully assigned " + pod.fullName() + " to " + node);
        } catch (StatusException | PreBindPlugin.PreBindException e) {
            unbound(queued, e);
        } catch (InterruptedException e) {
            state.cache.forget(pod);
        }
    }

    private void unbound(QueuedPod queued, RuntimeException why) {
        PodInfo pod = queued.pod();
        state.cache.forget(pod);
        boolean gone = why instanceof StatusException status && (status.isNotFound() || status.code() == 409);
        if (gone) {
            LOG.info("binding {} refused: {}", pod, why.getMessage());
        } else {
            LOG.warn("binding {} failed, trying again: {}", pod, why.getMessage());
            events.event(pod.pod(), EventSink.WARNING, "FailedScheduling", String.valueOf(why.getMessage()));
        }
        attempts.error();
        state.queue.failed(queued, pod);
    }

    private void reject(QueuedPod queued, Decision.Unschedulable unschedulable, Snapshot snapshot)
            throws InterruptedException {
        PodInfo pod = queued.pod();
        Diagnosis diagnosis = unschedulable.diagnosis();
        Preemption.Result result = diagnosis.nodes() == 0
                ? Preemption.Result.NOT_TRIED
                : preemption.plan(pod, snapshot, diagnosis, unschedulable.attempt(), budgets.get());
        Optional<String> nominated = nominate(pod, result);
        String message =
                result.message().isEmpty() ? diagnosis.message() : diagnosis.message() + " " + result.message();
        state.queue.rejected(
                queued, diagnosis.plugins(), state.nominations.nodeOf(pod).orElse(""));
        LOG.debug("{}: {}", pod, message);
        events.event(pod.pod(), EventSink.WARNING, "FailedScheduling", message);
        write(() -> {
            pods.notScheduled(pod, "Unschedulable", message, nominated);
            result.chosen().ifPresent(candidate -> evict(pod, candidate));
        });
    }

    /// Promises the pod the node where room is made, and takes other promises back that this voids;
    /// returns what the pod's status is to say.
    private Optional<String> nominate(PodInfo pod, Preemption.Result result) throws InterruptedException {
        if (result.chosen().isPresent()) {
            String node = result.chosen().get().node();
            for (PodInfo other : state.nominations.lower(node, pod)) {
                state.nominations.remove(other);
                write(() -> pods.clearNomination(other));
            }
            state.nominations.nominate(pod, node);
            return Optional.of(node);
        }
        if (result.tried()) {
            state.nominations.remove(pod);
            return Optional.of("");
        }
        return Optional.empty();
    }

    private void evict(PodInfo pod, Preemption.Candidate candidate) {
        for (PodInfo victim : candidate.victims()) {
            if (!victim.terminating()) {
                String message = "Preempted by pod " + pod.uid() + " on node " + candidate.node();
                pods.preempt(victim, message);
                events.event(victim.pod(), EventSink.NORMAL, "Preempted", message);
                attempts.preempted();
            }
        }
    }

    /// Tells the user why a pod with gates waits.
    void gated(PodInfo pod) throws InterruptedException {
        write(() -> pods.notScheduled(
                pod, "SchedulingGated", "Scheduling is blocked due to non-empty scheduling gates", Optional.empty()));
    }

    private void write(Runnable action) throws InterruptedException {
        writes.acquire();
        writers.execute(() -> {
            try {
                action.run();
            } catch (StatusException e) {
                LOG.warn("status of a pod not written: {}", e.getMessage());
            } finally {
                writes.release();
            }
        });
    }

    /// Stops deciding; writes on their way are interrupted after a moment.
    @Override
    public void close() {
        state.queue.close();
        thread.interrupt();
        writers.shutdownNow();
    }
}
