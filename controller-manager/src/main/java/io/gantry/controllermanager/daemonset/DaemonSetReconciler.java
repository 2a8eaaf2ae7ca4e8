package io.gantry.controllermanager.daemonset;

import static io.gantry.controllermanager.common.Fields.number;
import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.StatusException;
import io.gantry.api.apps.v1.controllerrevision.ControllerRevision;
import io.gantry.api.apps.v1.controllerrevision.ControllerRevisionKind;
import io.gantry.api.apps.v1.daemonset.DaemonSet;
import io.gantry.api.apps.v1.daemonset.DaemonSetBuilder;
import io.gantry.api.apps.v1.daemonset.DaemonSetKind;
import io.gantry.api.apps.v1.daemonset.DaemonSetStatus;
import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.client.ApiClient;
import io.gantry.client.ObjectKey;
import io.gantry.client.Resource;
import io.gantry.client.event.EventSink;
import io.gantry.client.informer.Lister;
import io.gantry.client.work.Reconciler;
import io.gantry.client.work.Result;
import io.gantry.controllermanager.common.Claims;
import io.gantry.controllermanager.common.Expectations;
import io.gantry.controllermanager.common.Owners;
import io.gantry.controllermanager.common.PodControl;
import io.gantry.controllermanager.common.Pods;
import io.gantry.controllermanager.common.SlowStart;
import io.gantry.controllermanager.history.Revisions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// Carries out [DaemonSetPlan].
final class DaemonSetReconciler implements Reconciler<ObjectKey> {
    private static final int HISTORY = 10;

    /// How much one reconcile creates or deletes at most (upstream `BurstReplicas`).
    private static final int BURST = 250;

    private final Lister<DaemonSet> sets;
    private final Lister<Pod> pods;
    private final Lister<Node> nodes;
    private final Lister<ControllerRevision> revisions;
    private final Resource<DaemonSet> resource;
    private final Claims<DaemonSet, Pod> claims;
    private final Revisions history;
    private final PodControl control;
    private final Expectations expectations;
    private final EventSink events;
    private final Clock clock;
    private final FailedPodBackoff backoff = new FailedPodBackoff();

    DaemonSetReconciler(
            DaemonSetListers listers, ApiClient client, EventSink events, Expectations expectations, Clock clock) {
        this.sets = listers.sets();
        this.pods = listers.pods();
        this.nodes = listers.nodes();
        this.revisions = listers.revisions();
        this.resource = client.resource(DaemonSetKind.KIND);
        this.claims = new Claims<>(resource, client.resource(PodKind.KIND));
        this.history = new Revisions(DaemonSetKind.KIND, client.resource(ControllerRevisionKind.KIND));
        this.control = new PodControl(client, events);
        this.expectations = expectations;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public Result reconcile(ObjectKey key) throws InterruptedException {
        Optional<DaemonSet> found = sets.get(key.namespace(), key.name());
        if (found.isEmpty()) {
            expectations.forget(key);
            return Result.done();
        }
        DaemonSet set = found.get();
        if (set.metadata().deletionTimestamp() != null) {
            return Result.done();
        }
        List<Pod> owned = claims.claim(set, set.spec().selector(), pods.inNamespace(key.namespace()));
        List<ControllerRevision> known = revisions.inNamespace(key.namespace()).stream()
                .filter(r -> Owners.isControlledBy(r, set))
                .toList();
        String hash = Revisions.hash(
                history.current(set, set.spec().template(), number(set.status().collisionCount()), known));
        DaemonSetPlan plan = DaemonSetPlan.of(set, nodes.all(), owned, hash, clock.instant());
        Duration patience = expectations.met(key) ? act(key, set, plan, hash) : Duration.ZERO;
        writeStatus(set, plan.status());
        truncate(set, known, owned, hash);
        return patience.isPositive() ? Result.requeueAfter(patience) : waiting(set, owned);
    }

    /// How long the first failed pod must wait that may not be replaced yet; zero without one.
    private Duration act(ObjectKey key, DaemonSet set, DaemonSetPlan plan, String hash) throws InterruptedException {
        Instant now = clock.instant();
        List<Pod> going = new ArrayList<>(plan.deletions());
        Duration patience = Duration.ZERO;
        for (Pod pod : plan.failed()) {
            if (Pods.phase(pod).equals("Succeeded")) {
                tellEnded(set, pod);
                continue;
            }
            Duration left = backoff.left(
                    Owners.uid(set) + "/" + set.metadata().generation() + "/"
                            + text(pod.spec().nodeName()),
                    now);
            if (left.isPositive()) {
                going.remove(pod);
                patience = patience.isZero() || left.compareTo(patience) < 0 ? left : patience;
            } else {
                tellEnded(set, pod);
            }
        }
        List<Pod> deletions = going.stream().limit(BURST).toList();
        List<String> creations = plan.creations().stream().limit(BURST).toList();
        expectations.expectCreations(key, creations.size());
        expectations.expectDeletions(key, deletions.stream().map(ObjectKey::of).toList());
        create(key, set, creations, hash);
        for (Pod pod : deletions) {
            delete(key, set, pod);
        }
        return patience;
    }

    private void tellEnded(DaemonSet set, Pod pod) {
        boolean failed = Pods.phase(pod).equals("Failed");
        events.event(
                set,
                failed ? EventSink.WARNING : EventSink.NORMAL,
                failed ? "FailedDaemonPod" : "SucceededDaemonPod",
                "Found " + Pods.phase(pod).toLowerCase(Locale.ROOT) + " daemon pod " + ObjectKey.of(pod) + " on node "
                        + text(pod.spec().nodeName()) + ", will try to " + (failed ? "kill" : "delete") + " it");
    }

    private void create(ObjectKey key, DaemonSet set, List<String> nodes, String hash) throws InterruptedException {
        Queue<String> left = new ConcurrentLinkedQueue<>(nodes);
        AtomicInteger made = new AtomicInteger();
        try {
            SlowStart.Outcome outcome = SlowStart.run(nodes.size(), () -> {
                control.create(set, DaemonPod.of(set, text(left.poll()), hash));
                made.incrementAndGet();
            });
            if (!outcome.failures().isEmpty()) {
                throw outcome.failures().getFirst();
            }
        } finally {
            for (int i = made.get(); i < nodes.size(); i++) {
                expectations.creationSeen(key);
            }
        }
    }

    private void delete(ObjectKey key, DaemonSet set, Pod pod) {
        try {
            if (!control.delete(set, pod)) {
                expectations.deletionSeen(key, ObjectKey.of(pod));
            }
        } catch (StatusException e) {
            expectations.deletionSeen(key, ObjectKey.of(pod));
            throw e;
        }
    }

    private void writeStatus(DaemonSet set, DaemonSetStatus status) {
        if (!status.equals(set.status())) {
            resource.updateStatus(DaemonSetBuilder.builder(set).status(status).build());
        }
    }

    private void truncate(DaemonSet set, List<ControllerRevision> known, List<Pod> owned, String hash) {
        Set<String> used = new HashSet<>(Set.of(hash));
        owned.forEach(pod -> used.add(text(pod.metadata().labels().get(Revisions.HASH))));
        history.truncate(known, used, number(set.spec().revisionHistoryLimit(), HISTORY));
    }

    private Result waiting(DaemonSet set, List<Pod> owned) {
        int minReady = number(set.spec().minReadySeconds());
        boolean waits =
                owned.stream().anyMatch(p -> Pods.isReady(p) && !Pods.isAvailable(p, minReady, clock.instant()));
        return waits ? Result.requeueAfter(Duration.ofSeconds(minReady)) : Result.done();
    }
}
