package io.gantry.kubelet.pod;

import io.gantry.api.StatusException;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodBuilder;
import io.gantry.api.core.v1.pod.PodStatus;
import io.gantry.api.core.v1.pod.ResourceRequirements;
import io.gantry.component.DoublingPauses;
import io.gantry.kubelet.runtime.PodIdentity;
import io.gantry.kubelet.runtime.RuntimeFailure;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The life of one pod on this node, on one virtual thread: while it should run, observe, plan, act and report; then
/// end it and clean up.
final class PodLoop implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(PodLoop.class);
    private static final Duration REFRESH = Duration.ofSeconds(60);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(15);

    private final PodContext context;
    private final StatusPublisher publisher;
    private final PodMailbox mailbox;
    private final PodObserver observer;
    private final PodSync sync;
    private final PodEnd end;
    private final PodIdentity id;
    private Pod pod;
    private PodStatusPlan.Ending ending = PodStatusPlan.Ending.NONE;
    private Optional<PodStatus> reported = Optional.empty();
    private final DoublingPauses retries = new DoublingPauses(FIRST_RETRY, LONGEST_RETRY);
    private ResizePlan resize = ResizePlan.FITS;
    private boolean admitted;
    /// Whether its phase is its last one, told or not.
    private boolean over;

    PodLoop(PodContext context, StatusPublisher publisher, Pod pod, PodMailbox mailbox) {
        this.context = context;
        this.publisher = publisher;
        this.mailbox = mailbox;
        this.pod = pod;
        this.id = PodIdentity.of(pod);
        this.observer = new PodObserver(context.runtime());
        ContainerStopper stopper = new ContainerStopper(context);
        this.sync = new PodSync(context, stopper, mailbox);
        this.end = new PodEnd(context, stopper, observer, mailbox);
    }

    @Override
    public void run() {
        try {
            while (running()) {
                Instant wake = step();
                pod = mailbox.await(wake, context.clock());
            }
            if (mailbox.closed()) {
                return;
            }
            finish();
        } catch (InterruptedException stopped) {
            LOG.debug("loop of {} stopped", id);
        } catch (RuntimeException | Error bug) {
            LOG.error("loop of pod {} broke", id, bug);
            throw bug;
        }
    }

    /// Whether the pod is to run.
    private boolean running() {
        return !mailbox.closed()
                && !mailbox.gone()
                && pod.metadata().deletionTimestamp() == null
                && !over
                && !PodStatusPlan.isTerminal(known().status().phase())
                && !ending.isSet();
    }

    /// The pod with the status that was last reported, and what others wrote meanwhile; with the amounts of CPU and
    /// memory that it was given.
    private Pod known() {
        Pod given = context.allocations().given(pod);
        return reported.map(status -> PodBuilder.builder(given)
                        .status(StatusPublisher.merged(pod.status(), status))
                        .build())
                .orElse(given);
    }

    private Map<String, ResourceRequirements> actual(ObservedPod observed) {
        return ActualResources.of(observed, context.allocations().actual(id.uid()));
    }

    /// Decides on the amounts of CPU and memory that the spec asks for.
    private void allocate(ObservedPod observed) {
        PodAllocations.Decision decision = context.allocations().decide(pod, actual(observed));
        resize = decision.plan();
        sync.resizer().pending(pod, resize);
        if (decision.begun()) {
            sync.resizer().begun(pod);
        }
    }

    /// One round; returns when the next one is due if nothing happens before.
    private Instant step() {
        Instant now = context.clock().instant();
        try {
            ObservedPod observed = observer.observe(id.uid());
            context.probers().follow(pod, observed, false, mailbox::nudge);
            Optional<Instant> deadline = deadline();
            if (deadline.isPresent() && !now.isBefore(deadline.get())) {
                ending = new PodStatusPlan.Ending(
                        "DeadlineExceeded", "Pod was active on the node longer than the specified deadline");
                context.events().normal(pod, "DeadlineExceeded", ending.message());
                return now;
            }
            mailbox.eviction().ifPresent(evicted -> ending = evicted);
            if (!admitted && running()) {
                admit(observed);
            }
            allocate(observed);
            report(observed, false);
            if (!running()) {
                return now;
            }
            PodSync.Result result = sync.sync(known(), observed, actual(observed));
            retries.reset();
            return earliest(result.again(now), now.plus(REFRESH), deadline);
        } catch (RuntimeFailure | StatusException failure) {
            LOG.warn("pod {}: {}", id, failure.getMessage());
            return later();
        } catch (RuntimeException bug) {
            LOG.error("pod {}: a round broke, it is tried again", id, bug);
            return later();
        }
    }

    /// Once: sets aside the devices that the pod asks for, or refuses it (upstream `GetPodAdmitResult`).
    private void admit(ObservedPod observed) {
        try {
            context.devices().admit(pod, observed.begun(pod));
        } catch (DevicesFailure | UncheckedIOException failure) {
            String message = "Allocate failed due to " + failure.getMessage() + ", which is unexpected";
            context.events().warning(pod, "UnexpectedAdmissionError", message);
            ending = new PodStatusPlan.Ending("UnexpectedAdmissionError", "Pod was rejected: " + message);
        }
        admitted = true;
    }

    private Instant later() {
        return context.clock().instant().plus(retries.next());
    }

    private Optional<Instant> deadline() {
        Long seconds = pod.spec().activeDeadlineSeconds();
        Instant started = known().status().startTime();
        return seconds == null || started == null ? Optional.empty() : Optional.of(started.plusSeconds(seconds));
    }

    private static Instant earliest(Instant a, Instant b, Optional<Instant> c) {
        Instant first = a.isBefore(b) ? a : b;
        return c.isPresent() && c.get().isBefore(first) ? c.get() : first;
    }

    private void report(ObservedPod observed, boolean terminal) {
        if (mailbox.gone()) {
            return;
        }
        PodStatusPlan.Inputs inputs = new PodStatusPlan.Inputs(
                known(),
                observed,
                context.probers().results(id.uid()),
                sync.failures(),
                actual(observed),
                sync.resizer().state(resize),
                context.node().runtimeName(),
                context.node().addresses(),
                terminal,
                ending,
                context.clock().instant());
        PodStatus planned = PodStatusPlan.of(inputs);
        over |= PodStatusPlan.isTerminal(planned.phase());
        PodStatus status = DeviceHealthStatus.in(PodStatusPlan.told(inputs, planned), pod, context.devices());
        if (!status.equals(pod.status()) || !reported.map(status::equals).orElse(true)) {
            publisher.publish(pod, status);
        }
        reported = Optional.of(status);
    }

    /// Stops the pod, reports its end, waits for its deletion where that has not come, and clears its traces.
    private void finish() throws InterruptedException {
        boolean stopped = false;
        while (!stopped && !mailbox.closed()) {
            pod = mailbox.latest();
            stopped = attempt(() -> end.stop(known(), this::report));
        }
        if (stopped) {
            context.allocations().release(id.uid());
        }
        while (!mailbox.closed() && !mailbox.gone() && pod.metadata().deletionTimestamp() == null) {
            pod = mailbox.await(Instant.MAX, context.clock());
        }
        if (mailbox.closed()) {
            return;
        }
        boolean cleared = false;
        while (!cleared && !mailbox.closed()) {
            cleared = attempt(() -> end.clear(pod));
        }
        if (cleared && !mailbox.gone()) {
            publisher.delete(pod);
        } else if (cleared) {
            publisher.forget(id.uid());
        }
    }

    private interface Action {
        void run() throws InterruptedException;
    }

    private boolean attempt(Action action) throws InterruptedException {
        try {
            action.run();
            retries.reset();
            return true;
        } catch (RuntimeFailure | StatusException | DevicesFailure | UncheckedIOException failure) {
            LOG.warn("pod {}: {}", id, Objects.requireNonNullElse(failure.getMessage(), failure.toString()));
            mailbox.pause(later(), context.clock());
            return false;
        } catch (RuntimeException bug) {
            LOG.error("pod {}: its end broke, it is tried again", id, bug);
            mailbox.pause(later(), context.clock());
            return false;
        }
    }
}
