package io.gantry.controllermanager.replicaset;

import static io.gantry.controllermanager.common.Fields.number;
import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.StatusException;
import io.gantry.api.apps.v1.replicaset.ReplicaSet;
import io.gantry.api.apps.v1.replicaset.ReplicaSetStatus;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.podtemplate.PodTemplateSpec;
import io.gantry.client.ObjectKey;
import io.gantry.client.informer.Lister;
import io.gantry.client.work.Reconciler;
import io.gantry.client.work.Result;
import io.gantry.controllermanager.common.Expectations;
import io.gantry.controllermanager.common.Fields;
import io.gantry.controllermanager.common.Owners;
import io.gantry.controllermanager.common.PodControl;
import io.gantry.controllermanager.common.Pods;
import io.gantry.controllermanager.common.SlowStart;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes the number of pods of a set what its spec says (upstream `pkg/controller/replicaset`).
final class ReplicaSetReconciler implements Reconciler<ObjectKey> {
    private final ReplicaSets sets;
    private final Lister<Pod> pods;
    private final PodControl control;
    private final Expectations expectations;
    private final Clock clock;

    ReplicaSetReconciler(
            ReplicaSets sets, Lister<Pod> pods, PodControl control, Expectations expectations, Clock clock) {
        this.sets = sets;
        this.pods = pods;
        this.control = control;
        this.expectations = expectations;
        this.clock = clock;
    }

    @Override
    public Result reconcile(ObjectKey key) throws InterruptedException {
        Optional<ReplicaSet> found = sets.get(key.namespace(), key.name());
        if (found.isEmpty()) {
            expectations.forget(key);
            return Result.done();
        }
        ReplicaSet set = found.get();
        boolean settled = expectations.met(key);
        List<Pod> owned = sets.claim(set, pods.inNamespace(key.namespace()));
        List<Pod> active = owned.stream().filter(Pods::isActive).toList();
        int terminating = (int) owned.stream()
                .filter(pod -> Pods.isTerminating(pod) && !Pods.isFinished(pod))
                .count();
        Optional<ReplicaSetStatusPlan.Failure> failure = Optional.empty();
        if (settled && set.metadata().deletionTimestamp() == null) {
            failure = act(key, set, active);
        }
        writeStatus(set, active, terminating, failure);
        if (failure.isPresent()) {
            throw StatusException.unavailable(failure.get().message());
        }
        return next(set, active);
    }

    private Result next(ReplicaSet set, List<Pod> active) {
        Instant now = clock.instant();
        Instant next = ReplicaSetPlan.nextAvailable(active, number(set.spec().minReadySeconds()), now);
        return next.equals(Instant.EPOCH)
                ? Result.done()
                : Result.requeueAfter(Duration.between(now, next).plusMillis(10));
    }

    private Optional<ReplicaSetStatusPlan.Failure> act(ObjectKey key, ReplicaSet set, List<Pod> active)
            throws InterruptedException {
        ReplicaSetPlan plan = ReplicaSetPlan.of(set, active, related(set), clock.instant());
        PodTemplateSpec template = set.spec().template();
        if (plan.creations() > 0 && template != null) {
            return create(key, set, template, plan.creations());
        }
        return plan.deletions().isEmpty() ? Optional.empty() : delete(key, set, plan.deletions());
    }

    /// Pods of all sets with the same controller, e.g. of one Deployment.
    private List<Pod> related(ReplicaSet set) {
        String namespace = text(set.metadata().namespace());
        Optional<String> family = Owners.controllerOf(set).map(r -> r.uid());
        List<String> uids = new ArrayList<>();
        for (ReplicaSet other : sets.inNamespace(namespace)) {
            boolean same = Owners.uid(other).equals(Owners.uid(set));
            if (same
                    || family.isPresent()
                            && family.equals(Owners.controllerOf(other).map(r -> r.uid()))) {
                uids.add(Owners.uid(other));
            }
        }
        return pods.inNamespace(namespace).stream()
                .filter(pod -> Owners.controllerOf(pod)
                        .map(r -> uids.contains(r.uid()))
                        .orElse(false))
                .toList();
    }

    private Optional<ReplicaSetStatusPlan.Failure> create(
            ObjectKey key, ReplicaSet set, PodTemplateSpec template, int count) throws InterruptedException {
        Pod pod = PodControl.fromTemplate(template, set, Owners.controllerReference(sets.kind(), set));
        expectations.expectCreations(key, count);
        SlowStart.Outcome outcome = SlowStart.run(count, () -> control.create(set, pod));
        for (int i = outcome.succeeded(); i < count; i++) {
            expectations.creationSeen(key);
        }
        return outcome.failures().stream()
                .filter(e -> !(e instanceof StatusException status && PodControl.isNamespaceTerminating(status)))
                .map(e -> new ReplicaSetStatusPlan.Failure(true, text(e.getMessage())))
                .findFirst();
    }

    private Optional<ReplicaSetStatusPlan.Failure> delete(ObjectKey key, ReplicaSet set, List<Pod> going) {
        expectations.expectDeletions(key, going.stream().map(ObjectKey::of).toList());
        Optional<ReplicaSetStatusPlan.Failure> failure = Optional.empty();
        for (Pod pod : going) {
            try {
                if (!control.delete(set, pod)) {
                    expectations.deletionSeen(key, ObjectKey.of(pod));
                }
            } catch (StatusException e) {
                expectations.deletionSeen(key, ObjectKey.of(pod));
                failure = Optional.of(new ReplicaSetStatusPlan.Failure(false, text(e.getMessage())));
            }
        }
        return failure;
    }

    private void writeStatus(
            ReplicaSet set, List<Pod> active, int terminating, Optional<ReplicaSetStatusPlan.Failure> failure) {
        ReplicaSetStatus status = ReplicaSetStatusPlan.of(set, active, terminating, failure, Fields.now(clock));
        if (ReplicaSetStatusPlan.same(set.status(), status)) {
            return;
        }
        try {
            sets.updateStatus(set, status);
        } catch (StatusException e) {
            if (!e.isNotFound()) {
                throw e;
            }
        }
    }
}
