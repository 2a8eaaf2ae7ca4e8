package io.gantry.kubelet.pod;

import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodBuilder;
import io.gantry.api.core.v1.pod.PodSpecBuilder;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.kubelet.runtime.PodIdentity;
import io.gantry.kubelet.runtime.RuntimeContainer;
import io.gantry.kubelet.runtime.Sandbox;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One loop for each pod of this node. Thread-safe.
public final class PodLoops implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PodLoops.class);

    /// @param over whether the loop has ended though the API server still had the pod
    private record Running(PodMailbox mailbox, Thread thread, boolean over) {}

    private final PodContext context;
    private final StatusPublisher publisher;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Running> loops = new HashMap<>();
    private boolean closed;

    public PodLoops(PodContext context, StatusPublisher publisher) {
        this.context = context;
        this.publisher = publisher;
        context.allocations().whenFreed(this::nudge);
    }

    /// The pod is new or has changed.
    public void put(Pod pod) {
        String uid = PodIdentity.of(pod).uid();
        Optional<Node> node = PodAdmission.nodeFor(pod, context.node());
        lock.lock();
        try {
            Running running = loops.get(uid);
            if (running != null) {
                running.mailbox().put(pod);
            } else if (!closed) {
                PodMailbox mailbox = new PodMailbox(pod);
                admit(pod, node, mailbox);
                start(uid, pod, mailbox);
            }
        } finally {
            lock.unlock();
        }
    }

    private void admit(Pod pod, Optional<Node> node, PodMailbox mailbox) {
        List<Pod> others = loops.values().stream()
                .filter(running -> !running.mailbox().gone())
                .map(running -> context.allocations().given(running.mailbox().latest()))
                .filter(other -> !PodStatusPlan.isTerminal(other.status().phase()))
                .toList();
        PodAdmission.refusal(pod, others, node, context.node().allocatable(), context.sysctls())
                .ifPresent(refusal -> {
                    context.events().warning(pod, refusal.reason(), refusal.message());
                    mailbox.evict(new PodStatusPlan.Ending(refusal.reason(), "Pod was rejected: " + refusal.message()));
                });
    }

    private void start(String uid, Pod pod, PodMailbox mailbox) {
        PodLoop loop = new PodLoop(context, publisher, pod, mailbox);
        Thread thread = Thread.ofVirtual().name("pod-" + pod.metadata().name()).unstarted(() -> {
            try {
                loop.run();
            } finally {
                ended(uid, mailbox);
            }
        });
        loops.put(uid, new Running(mailbox, thread, false));
        thread.start();
    }

    private void ended(String uid, PodMailbox mailbox) {
        lock.lock();
        try {
            Running running = loops.get(uid);
            if (running == null || running.mailbox() != mailbox) {
                return;
            }
            if (mailbox.gone() || mailbox.closed()) {
                loops.remove(uid);
            } else {
                loops.put(uid, new Running(mailbox, running.thread(), true));
            }
        } finally {
            lock.unlock();
        }
    }

    /// The API server no longer has the pod.
    public void remove(Pod pod) {
        String uid = PodIdentity.of(pod).uid();
        lock.lock();
        try {
            Running running = loops.get(uid);
            if (running != null) {
                running.mailbox().putGone();
                if (running.over()) {
                    loops.remove(uid);
                }
            }
        } finally {
            lock.unlock();
        }
        publisher.forget(uid);
    }

    /// A static pod is to end; its mirror goes with it.
    public void end(Pod pod) {
        put(PodBuilder.builder(pod)
                .metadata(ObjectMetaBuilder.builder(pod.metadata())
                        .deletionTimestamp(context.clock().instant())
                        .build())
                .build());
    }

    /// The mirror of a static pod has gone: its pod, if it is still there, shows itself again.
    public void showAgain(Pod mirror) {
        for (Pod pod : pods()) {
            boolean shown = Objects.equals(
                            pod.metadata().name(), mirror.metadata().name())
                    && Objects.equals(
                            pod.metadata().namespace(), mirror.metadata().namespace());
            if (shown && pod.metadata().deletionTimestamp() != null) {
                remove(pod);
            } else if (shown) {
                String uid = PodIdentity.of(pod).uid();
                publisher.forget(uid);
                nudge(Set.of(uid));
            }
        }
    }

    /// Something about these pods' containers changed.
    public void nudge(Set<String> podUids) {
        lock.lock();
        try {
            for (String uid : podUids) {
                Running running = loops.get(uid);
                if (running != null) {
                    running.mailbox().nudge();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /// Ends a pod for the node's sake.
    public void evict(String podUid, PodStatusPlan.Ending ending) {
        lock.lock();
        try {
            Running running = loops.get(podUid);
            if (running != null) {
                running.mailbox().evict(ending);
            }
        } finally {
            lock.unlock();
        }
    }

    /// How the probes came out so far, in Prometheus' text format.
    public String probeMetrics() {
        return context.probers().metrics();
    }

    /// The newest specs of the pods with a loop.
    public List<Pod> pods() {
        lock.lock();
        try {
            return loops.values().stream().map(r -> r.mailbox().latest()).toList();
        } finally {
            lock.unlock();
        }
    }

    /// Those of them that have not ended.
    public List<Pod> active() {
        return pods().stream()
                .filter(pod -> !PodStatusPlan.isTerminal(pod.status().phase()))
                .toList();
    }

    public Optional<Pod> pod(String podUid) {
        lock.lock();
        try {
            return Optional.ofNullable(loops.get(podUid)).map(r -> r.mailbox().latest());
        } finally {
            lock.unlock();
        }
    }

    /// Ends what the runtime holds of pods that the API server does not have. To be called when the pods are known.
    public void endOrphans() {
        Map<String, PodIdentity> held = new HashMap<>();
        for (Sandbox sandbox : context.runtime().sandboxes()) {
            held.put(sandbox.pod().uid(), sandbox.pod());
        }
        for (RuntimeContainer container : context.runtime().containers("")) {
            held.putIfAbsent(container.pod().uid(), container.pod());
        }
        lock.lock();
        try {
            Set<String> known = loops.keySet().stream().collect(Collectors.toSet());
            held.forEach((uid, id) -> {
                if (!uid.isEmpty() && !known.contains(uid) && !closed) {
                    LOG.info("pod {} is not in the API: it is ended", id);
                    Pod orphan = orphan(id);
                    PodMailbox mailbox = new PodMailbox(orphan);
                    mailbox.putGone();
                    start(uid, orphan, mailbox);
                }
            });
        } finally {
            lock.unlock();
        }
    }

    private static Pod orphan(PodIdentity id) {
        return PodBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .name(id.name())
                        .namespace(id.namespace())
                        .uid(id.uid())
                        .build())
                .spec(PodSpecBuilder.builder().terminationGracePeriodSeconds(1L).build())
                .build();
    }

    /// Stops the loops; the pods run on.
    @Override
    public void close() {
        List<Running> all;
        lock.lock();
        try {
            closed = true;
            all = List.copyOf(loops.values());
        } finally {
            lock.unlock();
        }
        all.forEach(running -> running.mailbox().close());
        for (Running running : all) {
            try {
                boolean ended = running.thread().join(Duration.ofSeconds(1));
                LOG.debug("loop ended: {}", ended);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        Objects.requireNonNull(publisher).close();
    }
}
