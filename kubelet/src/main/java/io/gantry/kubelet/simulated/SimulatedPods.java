package io.gantry.kubelet.simulated;

import io.gantry.api.StatusException;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodBuilder;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.core.v1.pod.PodStatus;
import io.gantry.client.ApiClient;
import io.gantry.client.Deletion;
import io.gantry.client.Resource;
import io.gantry.client.informer.InformerHandler;
import io.gantry.kubelet.pod.Grace;
import io.gantry.kubelet.pod.PodStatusPlan;
import io.gantry.kubelet.pod.ResizeState;
import io.gantry.kubelet.pod.StatusPublisher;
import io.gantry.kubelet.runtime.PodIdentity;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The pods of all simulated nodes: told of changes by one informer, each is brought to where it should
/// be and its status written. A pod at rest costs an entry here, no thread, no timer and no [PodLife]: what the API
/// server was told says all of it. Thread-safe.
final class SimulatedPods implements InformerHandler<Pod> {
    static final String RUNTIME = "simulated";

    private static final Logger LOG = LoggerFactory.getLogger(SimulatedPods.class);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Resource<Pod> pods;
    private final Timers timers;
    private final Clock clock;
    private final Map<String, NodeSlot> nodes;
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();

    /// @param nodes the nodes that are up, by name; owned by the caller
    SimulatedPods(ApiClient client, Timers timers, Clock clock, Map<String, NodeSlot> nodes) {
        this.pods = client.resource(PodKind.KIND).withoutManagedFields();
        this.timers = timers;
        this.clock = clock;
        this.nodes = nodes;
    }

    /// One pod; guarded by itself.
    private static final class Entry {
        private Pod pod;
        private final NodeSlot node;
        private @Nullable PodLife life;
        private String address = "";
        private PodStatusPlan.Ending ending = PodStatusPlan.Ending.NONE;
        private @Nullable Future<?> timer;
        private boolean busy;
        private boolean dirty;
        private boolean gone;

        Entry(Pod pod, NodeSlot node) {
            this.pod = pod;
            this.node = node;
        }
    }

    @Override
    public void added(Pod pod) {
        changed(pod);
    }

    @Override
    public void updated(Pod before, Pod now) {
        changed(now);
    }

    @Override
    public void deleted(Pod last) {
        Entry entry = entries.remove(PodIdentity.of(last).uid());
        if (entry != null) {
            synchronized (entry) {
                entry.gone = true;
                cancel(entry);
                entry.node.release(entry.address);
            }
        }
    }

    /// How many pods the nodes have.
    int size() {
        return entries.size();
    }

    private void changed(Pod pod) {
        NodeSlot node = nodes.get(Objects.requireNonNullElse(pod.spec().nodeName(), ""));
        if (node == null) {
            return;
        }
        String uid = PodIdentity.of(pod).uid();
        if (PodStatusPlan.isTerminal(pod.status().phase())
                && pod.metadata().deletionTimestamp() == null
                && !entries.containsKey(uid)) {
            return;
        }
        Entry entry = entries.computeIfAbsent(uid, k -> new Entry(pod, node));
        synchronized (entry) {
            entry.pod = pod;
        }
        nudge(entry);
    }

    private void nudge(Entry entry) {
        synchronized (entry) {
            entry.dirty = true;
            if (entry.busy || entry.gone) {
                return;
            }
            entry.busy = true;
        }
        timers.execute(() -> work(entry));
    }

    private void work(Entry entry) {
        boolean more = true;
        while (more) {
            synchronized (entry) {
                entry.dirty = false;
            }
            try {
                step(entry);
            } catch (InterruptedException stopped) {
                return;
            } catch (StatusException failure) {
                failed(entry, failure);
            } catch (RuntimeException bug) {
                LOG.error("simulated pod {} broke", PodIdentity.of(entry.pod), bug);
            }
            synchronized (entry) {
                more = entry.dirty && !entry.gone;
                entry.busy = more;
            }
        }
    }

    private void failed(Entry entry, StatusException failure) {
        if (!failure.isNotFound()) {
            LOG.warn("simulated pod {}: {}", PodIdentity.of(entry.pod), failure.getMessage());
            again(entry, clock.instant().plus(RETRY));
        }
    }

    private void step(Entry entry) throws InterruptedException {
        Pod real;
        PodStatus status;
        boolean over;
        synchronized (entry) {
            real = entry.pod;
            if (entry.gone || entry.node.isDown()) {
                return;
            }
            Pod pod = Script.probed(real);
            Instant now = clock.instant();
            PodLife life = life(entry, pod, now);
            PodLife.Step step = entry.ending.isSet() || stopping(pod)
                    ? life.end(pod, asked(pod, now), Grace.of(pod), now)
                    : life.run(pod, now);
            Optional<Instant> deadline = deadline(pod);
            if (deadline.isPresent() && !step.terminal() && !now.isBefore(deadline.get())) {
                entry.ending = new PodStatusPlan.Ending(
                        "DeadlineExceeded", "Pod was active on the node longer than the specified deadline");
                step = life.end(pod, now, Duration.ZERO, now);
            }
            status = StatusPublisher.merged(real.status(), status(entry, pod, step, now));
            over = step.terminal() && stopping(real);
            Optional<Instant> wake = step.wake();
            if (deadline.isPresent() && !step.terminal()) {
                wake = Optional.of(wake.filter(w -> w.isBefore(deadline.get())).orElse(deadline.get()));
            }
            wake.ifPresent(at -> again(entry, at));
            if (wake.isEmpty() && !over && !entry.ending.isSet() && status.equals(real.status()) && life.isQuiet()) {
                entry.life = null;
            }
        }
        write(entry, real, status, over);
    }

    private static boolean stopping(Pod pod) {
        return pod.metadata().deletionTimestamp() != null
                || PodStatusPlan.isTerminal(pod.status().phase());
    }

    private static Instant asked(Pod pod, Instant now) {
        Instant deletion = pod.metadata().deletionTimestamp();
        return deletion == null ? now : deletion.minus(Grace.of(pod));
    }

    private static Optional<Instant> deadline(Pod pod) {
        Long seconds = pod.spec().activeDeadlineSeconds();
        Instant started = pod.status().startTime();
        return seconds == null || started == null || stopping(pod)
                ? Optional.empty()
                : Optional.of(started.plusSeconds(seconds));
    }

    private PodLife life(Entry entry, Pod pod, Instant now) {
        PodLife life = entry.life;
        if (life == null) {
            entry.address = Objects.requireNonNullElse(pod.status().podIP(), "");
            life = new PodLife(pod, now, () -> {
                entry.address = entry.node.lease();
                return entry.address;
            });
            entry.life = life;
        }
        return life;
    }

    private static PodStatus status(Entry entry, Pod pod, PodLife.Step step, Instant now) {
        return PodStatusPlan.of(new PodStatusPlan.Inputs(
                pod,
                step.observed(),
                step.probes(),
                step.failures(),
                Map.of(),
                ResizeState.NONE,
                RUNTIME,
                List.of(entry.node.address()),
                step.terminal(),
                entry.ending,
                now));
    }

    private void write(Entry entry, Pod pod, PodStatus status, boolean over) throws InterruptedException {
        boolean tellEnd = !over || !pod.metadata().finalizers().isEmpty();
        if (tellEnd && !status.equals(pod.status())) {
            timers.request(() -> tell(entry, pod, status));
        }
        if (over) {
            PodIdentity id = PodIdentity.of(pod);
            timers.request(() -> pods.delete(
                    id.namespace(),
                    id.name(),
                    Deletion.defaults().withGraceSeconds(0).withUid(id.uid())));
        }
    }

    /// Writes the status; when somebody else wrote meanwhile, the newer pod is looked at first.
    private void tell(Entry entry, Pod pod, PodStatus status) {
        try {
            pods.putStatus(PodBuilder.builder(pod).status(status).build());
        } catch (StatusException failure) {
            if (!failure.isConflict()) {
                throw failure;
            }
            PodIdentity id = PodIdentity.of(pod);
            pods.find(id.namespace(), id.name())
                    .filter(fresh -> PodIdentity.of(fresh).uid().equals(id.uid()))
                    .ifPresent(fresh -> {
                        synchronized (entry) {
                            entry.pod = fresh;
                            entry.dirty = true;
                        }
                    });
        }
    }

    private void again(Entry entry, Instant at) {
        synchronized (entry) {
            cancel(entry);
            if (!entry.gone) {
                entry.timer = timers.after(Duration.between(clock.instant(), at), () -> nudge(entry));
            }
        }
    }

    private static void cancel(Entry entry) {
        Future<?> timer = entry.timer;
        if (timer != null) {
            timer.cancel(false);
            entry.timer = null;
        }
    }
}
