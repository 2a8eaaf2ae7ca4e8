package io.gantry.scheduler;

import io.gantry.client.event.EventSink;
import io.gantry.scheduler.cycle.Decision;
import io.gantry.scheduler.cycle.Nominations;
import io.gantry.scheduler.cycle.SchedulingCycle;
import io.gantry.scheduler.framework.ClusterEvent;
import io.gantry.scheduler.framework.ExtensionPoint;
import io.gantry.scheduler.framework.ExtensionTimes;
import io.gantry.scheduler.framework.Permits;
import io.gantry.scheduler.framework.PostFilterPlugin;
import io.gantry.scheduler.framework.Profile;
import io.gantry.scheduler.framework.Profiles;
import io.gantry.scheduler.queue.QueuedPod;
import io.gantry.scheduler.queue.SchedulingQueue;
import io.gantry.scheduler.record.CycleRecorder;
import io.gantry.scheduler.snapshot.ClusterCache;
import io.gantry.scheduler.snapshot.PodInfo;
import io.gantry.scheduler.snapshot.Snapshot;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes pods from the queue one at a time, decides, and has the decision written. Deciding is done by
/// one thread; writing runs beside it on virtual threads, while the pod counts as placed ("assumed").
public final class Scheduler implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);

    private final State state;
    private final Profiles profiles;
    private final CycleRecorder recorder;
    private final Map<String, SchedulingCycle> cycles = new HashMap<>();
    private final Outputs outputs;
    private final Writes writes;
    private final Failures failures;
    private final BindingCycle binding;
    private Thread thread = Thread.ofVirtual().unstarted(() -> {});

    /// What the scheduler and the feed from the API server share.
    record State(SchedulingQueue queue, ClusterCache cache, Nominations nominations, Permits permits) {
        /// A pod left its node, or does not come to it after all: others may take its room.
        void left(PodInfo pod, String node) {
            queue.notify(new ClusterEvent.PodGone(
                    pod, node, waiting -> cache.node(node).map(room -> nominations.withNominated(room, waiting))));
        }
    }

    /// Where decisions are written.
    ///
    /// @param events by the name of the profile that decided
    /// @param writes where it is written
    record Outputs(PodSink pods, Function<String, EventSink> events, Attempts attempts, Writes writes) {
        Outputs(PodSink pods, Function<String, EventSink> events, Attempts attempts) {
            this(pods, events, attempts, Writes.onVirtualThreads());
        }
    }

    /// @param random decides among equally good nodes
    Scheduler(State state, Profiles profiles, RandomGenerator random, Outputs outputs) {
        this(state, profiles, random, outputs, CycleRecorder.NONE);
    }

    /// @param recorder is told of all cycles
    Scheduler(State state, Profiles profiles, RandomGenerator random, Outputs outputs, CycleRecorder recorder) {
        this.recorder = recorder;
        this.state = state;
        this.profiles = profiles;
        this.outputs = outputs;
        this.writes = outputs.writes;
        this.failures = new Failures(state, outputs, writes);
        this.binding = new BindingCycle(state, outputs, writes, failures);
        for (Profile profile : profiles.all()) {
            cycles.put(
                    profile.schedulerName(),
                    new SchedulingCycle(
                            profile, state.nominations, random, outputs.attempts.times(profile.schedulerName())));
        }
    }

    /// The pods that wait.
    SchedulingQueue queue() {
        return state.queue;
    }

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
        } finally {
            recorder.close();
        }
    }

    /// Tries the next pod if there is one now.
    boolean step() throws InterruptedException {
        Optional<QueuedPod> next = state.queue.poll();
        if (next.isPresent()) {
            guarded(next.get());
        }
        return next.isPresent();
    }

    Optional<Duration> nextDelay() {
        return state.queue.nextDelay();
    }

    private void guarded(QueuedPod queued) throws InterruptedException {
        Profile profile = profiles.of(queued.pod());
        try {
            schedule(profile, queued);
        } catch (RuntimeException e) {
            LOG.error("scheduling of {} failed", queued.pod(), e);
            failures.error(profile, queued, e, String.valueOf(e.getMessage()));
        }
    }

    private void schedule(Profile profile, QueuedPod queued) throws InterruptedException {
        PodInfo pod = queued.pod();
        if (pod.terminating() || state.cache.holds(pod.uid())) {
            state.queue.done(pod);
            return;
        }
        long start = System.nanoTime();
        Snapshot snapshot = state.cache.snapshot();
        SchedulingCycle cycle = Objects.requireNonNull(cycles.get(profile.schedulerName()));
        recorder.begin(profile, pod, snapshot, cycle.nextStart());
        Decision decision = cycle.decide(pod, snapshot);
        switch (decision) {
            case Decision.Placed placed -> {
                recorder.end(decision, Optional.empty());
                if (state.cache.assume(pod, placed.node())) {
                    binding.begin(profile, queued, placed.node(), start);
                } else {
                    state.queue.done(pod);
                }
            }
            case Decision.Unschedulable unschedulable -> {
                long found = System.nanoTime();
                Optional<PostFilterPlugin.Result> result = unschedulable.postFilter(profile, pod, snapshot);
                outputs.attempts
                        .times(profile.schedulerName())
                        .took(
                                ExtensionPoint.POST_FILTER,
                                result.flatMap(PostFilterPlugin.Result::node).isPresent()
                                        ? ExtensionTimes.SUCCESS
                                        : ExtensionTimes.UNSCHEDULABLE,
                                System.nanoTime() - found);
                recorder.end(decision, result);
                outputs.attempts.unschedulable(profile.schedulerName(), System.nanoTime() - start);
                failures.unschedulable(
                        profile,
                        queued,
                        unschedulable.diagnosis(),
                        result.orElseGet(() -> PostFilterPlugin.Result.nothing("", true)));
            }
        }
    }

    /// Tells the user why a pod with gates waits.
    void gated(PodInfo pod) throws InterruptedException {
        writes.run(() -> outputs.pods.notScheduled(
                pod, "SchedulingGated", "Scheduling is blocked due to non-empty scheduling gates", Optional.empty()));
    }

    /// Stops deciding; writes on their way are interrupted after a moment.
    @Override
    public void close() {
        state.queue.close();
        thread.interrupt();
        writes.close();
    }
}
