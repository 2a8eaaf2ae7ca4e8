package io.gantry.kubelet.probe;

import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.Probe;
import io.gantry.component.Counts;
import io.gantry.kubelet.cluster.PodEvents;
import io.gantry.kubelet.pod.PodContainer;
import io.gantry.kubelet.pod.ProbeResults.Result;
import io.gantry.kubelet.runtime.PodIdentity;
import io.gantry.kubelet.runtime.RuntimeFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One probe of one running container, on a virtual thread of its own (upstream `pkg/kubelet/prober/worker.go`).
final class ProbeWorker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProbeWorker.class);

    /// What is probed.
    record Subject(Pod pod, PodContainer container, String containerId, Instant startedAt) {}

    private final Subject subject;
    private final ProbeKind kind;
    private final Probe probe;
    private final Check check;
    private final BooleanSupplier mayRun;
    private final PodEvents events;
    private final Clock clock;
    private final Runnable changed;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Result result;
    private final LongAdder successes = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private boolean lastSucceeded;
    private int inARow;

    /// @param mayRun whether the container has started; until then only the startup probe runs
    ProbeWorker(
            Subject subject,
            ProbeKind kind,
            Probe probe,
            Check check,
            Result initial,
            BooleanSupplier mayRun,
            PodEvents events,
            Clock clock,
            Runnable changed) {
        this.subject = subject;
        this.kind = kind;
        this.probe = probe;
        this.check = check;
        this.result = initial;
        this.mayRun = mayRun;
        this.events = events;
        this.clock = clock;
        this.changed = changed;
    }

    void start() {
        Thread.ofVirtual()
                .name("probe-" + kind.title() + "-" + subject.container().name())
                .start(this::run);
    }

    Result result() {
        return result;
    }

    /// Adds upstream's lines about it.
    void count(Counts probes) {
        var pod = PodIdentity.of(subject.pod());
        String container = subject.container().name();
        probes.of(container, pod.namespace(), pod.name(), pod.uid(), kind.title(), "successful")
                .add(successes.sum());
        probes.of(container, pod.namespace(), pod.name(), pod.uid(), kind.title(), "failed")
                .add(failures.sum());
    }

    private void run() {
        Duration period = Duration.ofSeconds(Objects.requireNonNullElse(probe.periodSeconds(), 10));
        Duration delay = Duration.ofSeconds(Objects.requireNonNullElse(probe.initialDelaySeconds(), 0));
        Duration age = Duration.between(subject.startedAt(), clock.instant());
        Duration wait = delay.minus(age);
        try {
            while (!closed.await(Math.max(0, wait.toMillis()), TimeUnit.MILLISECONDS)) {
                boolean finished = kind == ProbeKind.STARTUP && result == Result.SUCCESS;
                boolean waiting = !mayRun.getAsBoolean();
                if (!finished && !waiting) {
                    once();
                }
                boolean doomed = kind != ProbeKind.READINESS && result == Result.FAILURE;
                if (doomed) {
                    return;
                }
                wait = finished ? Duration.ofDays(1) : waiting ? NOT_STARTED_YET : period;
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// How often a probe that waits for the startup probe looks again.
    private static final Duration NOT_STARTED_YET = Duration.ofMillis(500);

    private void once() {
        Check.Outcome outcome;
        try {
            outcome = attempt();
        } catch (RuntimeFailure failure) {
            if (closed.getCount() > 0) {
                warn("Unhealthy", " probe errored and resulted in unknown state: " + failure.getMessage());
            }
            return;
        }
        if (closed.getCount() == 0) {
            return;
        }
        tell(outcome);
        (outcome.succeeded() ? successes : failures).increment();
        inARow = outcome.succeeded() == lastSucceeded ? inARow + 1 : 1;
        lastSucceeded = outcome.succeeded();
        int threshold = outcome.succeeded()
                ? Objects.requireNonNullElse(probe.successThreshold(), 1)
                : Objects.requireNonNullElse(probe.failureThreshold(), 3);
        if (inARow >= threshold) {
            set(outcome.succeeded() ? Result.SUCCESS : Result.FAILURE);
        }
    }

    private void tell(Check.Outcome outcome) {
        if (!outcome.succeeded()) {
            warn("Unhealthy", " probe failed: " + outcome.message());
        } else if (!outcome.message().isEmpty()) {
            warn("ProbeWarning", " probe warning: " + outcome.message());
        }
    }

    private void warn(String reason, String message) {
        events.warning(subject.pod(), subject.container().fieldPath(), reason, kind.title() + message);
    }

    private Check.Outcome attempt() {
        try {
            return check.run();
        } catch (RuntimeFailure failure) {
            throw failure;
        } catch (RuntimeException bug) {
            LOG.warn("probe of {} broke", subject.container().name(), bug);
            return Check.Outcome.failure(Objects.requireNonNullElse(bug.getMessage(), bug.toString()));
        }
    }

    /// Probes no more, and leaves a success: nothing is restarted any more, and what has started stays so.
    void rest() {
        closed.countDown();
        result = Result.SUCCESS;
    }

    private void set(Result next) {
        if (closed.getCount() > 0 && result != next) {
            result = next;
            changed.run();
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
