package io.gantry.kubelet.pod;

import io.gantry.api.core.v1.pod.Pod;
import io.gantry.kubelet.runtime.PodIdentity;
import io.gantry.kubelet.runtime.RuntimeContainer;
import io.gantry.kubelet.runtime.RuntimeFailure;
import io.gantry.kubelet.runtime.Sandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ends a pod: stops its containers within their grace, then clears what is left. Each part may be tried again.
final class PodEnd {
    private static final Logger LOG = LoggerFactory.getLogger(PodEnd.class);

    private final PodContext context;
    private final ContainerStopper stopper;
    private final PodObserver observer;
    private final PodMailbox mailbox;

    PodEnd(PodContext context, ContainerStopper stopper, PodObserver observer, PodMailbox mailbox) {
        this.context = context;
        this.stopper = stopper;
        this.observer = observer;
        this.mailbox = mailbox;
    }

    /// Takes the status as it is at some point of the end.
    interface Report {
        void report(ObservedPod observed, boolean terminal);
    }

    /// Stops everything; a shorter grace that comes meanwhile holds at once. Reports the end.
    void stop(Pod pod, Report report) throws InterruptedException {
        String uid = PodIdentity.of(pod).uid();
        ObservedPod observed = observer.observe(uid);
        context.probers().follow(pod, observed, true, mailbox::nudge);
        if (!observed.running().isEmpty()) {
            stopWithin(pod, observed, report);
        }
        observed = observer.observe(uid);
        if (!observed.running().isEmpty()) {
            throw new RuntimeFailure(RuntimeFailure.Code.OTHER, "containers still run", null);
        }
        context.probers().forget(uid);
        for (Sandbox sandbox : observed.sandboxes()) {
            if (sandbox.ready()) {
                context.runtime().stopSandbox(sandbox.id());
            }
        }
        // Before the end is told: who hears of it may give the devices to others.
        context.devices().unprepare(uid);
        report.report(observer.observe(uid), true);
        tearDown(uid, false);
    }

    private void stopWithin(Pod pod, ObservedPod observed, Report report) throws InterruptedException {
        List<RuntimeException> failures = new CopyOnWriteArrayList<>();
        // Told before the nudge: a thread that nudges is still alive when the nudge is read, and none follows it.
        AtomicBoolean stopped = new AtomicBoolean();
        Duration grace = grace(pod);
        Thread.ofVirtual().name("end-" + pod.metadata().name()).start(() -> {
            try {
                stopper.stopAll(pod, observed, grace);
            } catch (RuntimeException failure) {
                failures.add(failure);
            } finally {
                stopped.set(true);
                mailbox.nudge();
            }
        });
        Duration current = grace;
        while (!stopped.get() && !mailbox.closed()) {
            Pod latest = mailbox.await(Instant.MAX, context.clock());
            Duration asked = mailbox.gone() ? Grace.MINIMUM : Grace.of(latest);
            if (asked.compareTo(current) < 0) {
                current = asked;
                Duration wanted = asked;
                Thread.ofVirtual().start(() -> hasten(observed, wanted));
            }
            if (!stopped.get()) {
                report.report(observer.observe(PodIdentity.of(pod).uid()), false);
            }
        }
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
    }

    /// A pod that ends for the node's sake has no time (upstream's hard eviction).
    private Duration grace(Pod pod) {
        if (mailbox.eviction().isPresent()) {
            return Grace.MINIMUM;
        }
        return mailbox.gone() ? shorter(Grace.of(pod), GONE) : Grace.of(mailbox.latest());
    }

    /// A pod that was taken away by force ends with this grace at most.
    private static final Duration GONE = Duration.ofSeconds(30);

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private void hasten(ObservedPod observed, Duration grace) {
        try {
            stopper.kill(observed, grace);
        } catch (RuntimeException failure) {
            LOG.warn("cannot hasten the end: {}", failure.getMessage());
        }
    }

    /// Removes containers, sandboxes, volumes and cgroups.
    void clear(Pod pod) {
        String uid = PodIdentity.of(pod).uid();
        context.probers().forget(uid);
        for (RuntimeContainer container : context.runtime().containers(uid)) {
            context.runtime().removeContainer(container.id());
        }
        for (Sandbox sandbox : context.runtime().sandboxes(uid)) {
            context.runtime().stopSandbox(sandbox.id());
            context.runtime().removeSandbox(sandbox.id());
        }
        context.images().forget(uid);
        tearDown(uid, true);
    }

    private void tearDown(String uid, boolean logsToo) {
        try {
            context.files().tearDown(uid);
            context.cgroups().remove(uid);
            if (logsToo) {
                context.files().removeLogs(uid);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
