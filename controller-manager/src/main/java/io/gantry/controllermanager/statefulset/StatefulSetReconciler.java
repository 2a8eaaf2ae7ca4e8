package io.gantry.controllermanager.statefulset;

import static io.gantry.controllermanager.common.Fields.number;
import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.StatusException;
import io.gantry.api.apps.v1.controllerrevision.ControllerRevision;
import io.gantry.api.apps.v1.controllerrevision.ControllerRevisionKind;
import io.gantry.api.apps.v1.statefulset.StatefulSet;
import io.gantry.api.apps.v1.statefulset.StatefulSetBuilder;
import io.gantry.api.apps.v1.statefulset.StatefulSetKind;
import io.gantry.api.apps.v1.statefulset.StatefulSetStatus;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaim;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.core.v1.podtemplate.PodTemplateSpec;
import io.gantry.client.ApiClient;
import io.gantry.client.Deletion;
import io.gantry.client.ObjectKey;
import io.gantry.client.Patch;
import io.gantry.client.Resource;
import io.gantry.client.event.EventSink;
import io.gantry.client.informer.Lister;
import io.gantry.client.work.Reconciler;
import io.gantry.client.work.Result;
import io.gantry.controllermanager.common.Claims;
import io.gantry.controllermanager.common.Owners;
import io.gantry.controllermanager.common.Pods;
import io.gantry.controllermanager.history.Revisions;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Carries out [StatefulSetPlan]. Pods have fixed names, so that a stale cache can make none twice.
final class StatefulSetReconciler implements Reconciler<ObjectKey> {
    private static final int HISTORY = 10;

    /// When to look again for a claim that goes with its former pod.
    private static final Duration STALE_CLAIM = Duration.ofSeconds(1);

    private final Lister<StatefulSet> sets;
    private final Lister<Pod> pods;
    private final Lister<ControllerRevision> revisions;
    private final Resource<StatefulSet> resource;
    private final Resource<Pod> podResource;
    private final SetClaims setClaims;
    private final Claims<StatefulSet, Pod> claims;
    private final Revisions history;
    private final SetEvents tell;
    private final Clock clock;

    StatefulSetReconciler(
            Lister<StatefulSet> sets,
            Lister<Pod> pods,
            Lister<ControllerRevision> revisions,
            Lister<PersistentVolumeClaim> pvcs,
            ApiClient client,
            EventSink events,
            Clock clock) {
        this.sets = sets;
        this.pods = pods;
        this.revisions = revisions;
        this.resource = client.resource(StatefulSetKind.KIND);
        this.podResource = client.resource(PodKind.KIND);
        this.setClaims = new SetClaims(pvcs, client, new SetEvents(events));
        this.claims = new Claims<>(resource, podResource);
        this.history = new Revisions(StatefulSetKind.KIND, client.resource(ControllerRevisionKind.KIND));
        this.tell = new SetEvents(events);
        this.clock = clock;
    }

    @Override
    public Result reconcile(ObjectKey key) {
        Optional<StatefulSet> found = sets.get(key.namespace(), key.name());
        if (found.isEmpty() || found.get().metadata().deletionTimestamp() != null) {
            return Result.done();
        }
        StatefulSet set = found.get();
        List<Pod> candidates = pods.inNamespace(key.namespace()).stream()
                .filter(pod -> Identity.ordinal(set, pod).isPresent())
                .toList();
        List<Pod> owned = claims.claim(set, set.spec().selector(), candidates);
        List<ControllerRevision> known = revisions.inNamespace(key.namespace()).stream()
                .filter(r -> Owners.isControlledBy(r, set))
                .toList();
        ControllerRevision updateRevision =
                history.current(set, set.spec().template(), number(set.status().collisionCount()), known);
        String update = text(updateRevision.metadata().name());
        ControllerRevision currentRevision = currentRevision(set, known).orElse(updateRevision);
        String current = text(currentRevision.metadata().name());
        StatefulSetPlan plan = StatefulSetPlan.of(set, owned, current, update, clock.instant());
        boolean stale = false;
        for (StatefulSetPlan.Creation creation : plan.creations()) {
            if (setClaims.isStale(set, creation.ordinal())) {
                stale = true;
                continue;
            }
            boolean old = creation.revision().equals(current) && !current.equals(update);
            PodTemplateSpec template =
                    old ? Revisions.templateOf(currentRevision) : set.spec().template();
            create(set, Identity.pod(set, template, creation.revision(), creation.ordinal()), creation.ordinal());
        }
        for (Pod pod : owned) {
            keepClaims(set, pod);
            keepIdentity(set, pod);
        }
        plan.deletions().forEach(pod -> delete(set, pod));
        writeStatus(set, StatefulSetStatusPlan.of(set, owned, current, update, clock.instant()));
        truncate(set, known, owned, current, update);
        return stale ? Result.requeueAfter(STALE_CLAIM) : waiting(set, owned);
    }

    private static Optional<ControllerRevision> currentRevision(StatefulSet set, List<ControllerRevision> known) {
        String name = text(set.status().currentRevision());
        return known.stream()
                .filter(r -> text(r.metadata().name()).equals(name))
                .findFirst();
    }

    private void create(StatefulSet set, Pod pod, int ordinal) {
        String name = text(pod.metadata().name());
        try {
            setClaims.ensure(set, ordinal);
            podResource.create(pod);
            tell.pod(set, SetEvents.Verb.CREATE, name);
        } catch (StatusException e) {
            if (e.isAlreadyExists()) {
                return;
            }
            tell.podFailed(set, SetEvents.Verb.CREATE, name, e);
            throw e;
        }
    }

    /// Before a surplus pod goes, its claims must be known to go with it; a waiting pod may lack a claim.
    private void keepClaims(StatefulSet set, Pod pod) {
        if (set.spec().volumeClaimTemplates().isEmpty()) {
            return;
        }
        int ordinal = Identity.ordinal(set, pod).orElse(-1);
        int start = Identity.start(set);
        boolean surplus =
                ordinal < start || ordinal >= start + number(set.spec().replicas(), 1);
        setClaims.own(set, pod, surplus);
        if (!surplus && Pods.phase(pod).equals("Pending") && !Pods.isTerminating(pod)) {
            setClaims.ensure(set, ordinal);
        }
    }

    private void delete(StatefulSet set, Pod pod) {
        ObjectKey key = ObjectKey.of(pod);
        try {
            podResource.delete(key.namespace(), key.name(), Deletion.defaults().withUid(Owners.uid(pod)));
            tell.pod(set, SetEvents.Verb.DELETE, key.name());
        } catch (StatusException e) {
            if (e.isNotFound() || e.isConflict()) {
                return;
            }
            tell.podFailed(set, SetEvents.Verb.DELETE, key.name(), e);
            throw e;
        }
    }

    /// An adopted pod may lack the labels that tell its name and index.
    private void keepIdentity(StatefulSet set, Pod pod) {
        Map<String, String> missing = Identity.missingLabels(set, pod);
        if (missing.isEmpty() || Pods.isTerminating(pod)) {
            return;
        }
        ObjectKey key = ObjectKey.of(pod);
        Map<String, Object> metadata =
                Map.of("resourceVersion", text(pod.metadata().resourceVersion()), "labels", missing);
        try {
            podResource.patch(key.namespace(), key.name(), Patch.merge(Map.of("metadata", metadata)));
            tell.pod(set, SetEvents.Verb.UPDATE, key.name());
        } catch (StatusException e) {
            tell.podFailed(set, SetEvents.Verb.UPDATE, key.name(), e);
            throw e;
        }
    }

    private void writeStatus(StatefulSet set, StatefulSetStatus status) {
        if (!status.equals(set.status())) {
            resource.updateStatus(StatefulSetBuilder.builder(set).status(status).build());
        }
    }

    private void truncate(
            StatefulSet set, List<ControllerRevision> known, List<Pod> owned, String current, String update) {
        Set<String> used = new HashSet<>(List.of(current, update));
        owned.forEach(pod -> used.add(StatefulSetPlan.revisionOf(pod)));
        known.stream().filter(r -> used.contains(text(r.metadata().name()))).forEach(r -> used.add(Revisions.hash(r)));
        history.truncate(known, used, number(set.spec().revisionHistoryLimit(), HISTORY));
    }

    private Result waiting(StatefulSet set, List<Pod> owned) {
        int minReady = number(set.spec().minReadySeconds());
        boolean waits =
                owned.stream().anyMatch(p -> Pods.isReady(p) && !Pods.isAvailable(p, minReady, clock.instant()));
        return waits ? Result.requeueAfter(Duration.ofSeconds(minReady)) : Result.done();
    }
}
