package io.gantry.kubelet.pod;

import io.gantry.component.Counts;
import io.gantry.component.Histogram;
import io.gantry.kubelet.runtime.ContainerRuntime;
import io.gantry.kubelet.runtime.RuntimeContainer;
import io.gantry.kubelet.runtime.RuntimeFailure;
import io.gantry.kubelet.runtime.Sandbox;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds out which pods' containers changed (upstream's PLEG). The runtime's events say when to look; each is followed
/// by a few looks, since the runtime's lists lag behind its events. Without events it looks every second.
public final class RuntimeWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RuntimeWatch.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration SAFETY = Duration.ofSeconds(10);
    private static final Duration[] AFTER_EVENT = {
        Duration.ofMillis(10), Duration.ofMillis(50), Duration.ofMillis(250), Duration.ofSeconds(1)
    };

    private record Mark(String podUid, String state, boolean sandbox) {}

    private final ContainerRuntime runtime;
    private final Consumer<Set<String>> changed;
    private final Semaphore signals = new Semaphore(0);
    private final Optional<AutoCloseable> subscription;
    private final Thread thread;
    private final Histogram looks = new Histogram(
            "kubelet_pleg_relist_duration_seconds", List.of(), 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10);
    private volatile Map<String, Mark> marks = new HashMap<>();
    private volatile boolean healthy;
    private volatile boolean closed;

    /// @param changed told the uids of pods with changes
    public RuntimeWatch(ContainerRuntime runtime, Consumer<Set<String>> changed) {
        this.runtime = runtime;
        this.changed = changed;
        this.subscription = runtime.onChange(signals::release);
        this.thread = Thread.ofVirtual().name("runtime-watch").start(this::run);
    }

    /// Whether the last look succeeded.
    public boolean healthy() {
        return healthy;
    }

    private void run() {
        int step = AFTER_EVENT.length;
        try {
            while (!closed) {
                look();
                Duration wait = step < AFTER_EVENT.length
                        ? AFTER_EVENT[step]
                        : subscription.isPresent() && healthy ? SAFETY : POLL;
                boolean event = signals.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS);
                if (event) {
                    signals.drainPermits();
                    step = 0;
                } else {
                    step = Math.min(step + 1, AFTER_EVENT.length);
                }
            }
        } catch (InterruptedException stopped) {
            LOG.debug("runtime watch stopped");
        }
    }

    /// How long the looks took, and how many containers the last one found in each state.
    public String metrics() {
        Counts states = Counts.gauge("kubelet_running_containers", "container_state");
        marks.values().stream()
                .filter(mark -> !mark.sandbox())
                .forEach(
                        mark -> states.of(mark.state().toLowerCase(Locale.ROOT)).increment());
        return looks.text() + states.text();
    }

    private void look() {
        long began = System.nanoTime();
        try {
            Map<String, Mark> now = new HashMap<>();
            for (Sandbox sandbox : runtime.sandboxes()) {
                now.put(sandbox.id(), new Mark(sandbox.pod().uid(), Boolean.toString(sandbox.ready()), true));
            }
            for (RuntimeContainer container : runtime.containers("")) {
                now.put(
                        container.id(),
                        new Mark(container.pod().uid(), container.state().name(), false));
            }
            Set<String> pods = difference(marks, now);
            marks = now;
            healthy = true;
            if (!pods.isEmpty()) {
                changed.accept(pods);
            }
        } catch (RuntimeFailure failure) {
            if (healthy) {
                LOG.warn("the runtime does not answer: {}", failure.getMessage());
            }
            healthy = false;
        } catch (RuntimeException bug) {
            LOG.error("a look at the runtime broke, it is tried again", bug);
            healthy = false;
        } finally {
            looks.of().observeNanos(System.nanoTime() - began);
        }
    }

    private static Set<String> difference(Map<String, Mark> before, Map<String, Mark> now) {
        Set<String> pods = new HashSet<>();
        now.forEach((id, mark) -> {
            if (!Objects.equals(before.get(id), mark)) {
                pods.add(mark.podUid());
            }
        });
        before.forEach((id, mark) -> {
            if (!now.containsKey(id)) {
                pods.add(mark.podUid());
            }
        });
        return pods;
    }

    @Override
    public void close() throws Exception {
        closed = true;
        thread.interrupt();
        if (subscription.isPresent()) {
            subscription.get().close();
        }
    }
}
