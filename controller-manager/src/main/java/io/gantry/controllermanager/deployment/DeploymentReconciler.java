package io.gantry.controllermanager.deployment;

import static io.gantry.controllermanager.common.Fields.number;
import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.StatusException;
import io.gantry.api.apps.v1.deployment.Deployment;
import io.gantry.api.apps.v1.deployment.DeploymentBuilder;
import io.gantry.api.apps.v1.deployment.DeploymentStatus;
import io.gantry.api.apps.v1.deployment.DeploymentStatusBuilder;
import io.gantry.api.apps.v1.replicaset.ReplicaSet;
import io.gantry.api.apps.v1.replicaset.ReplicaSetBuilder;
import io.gantry.api.apps.v1.replicaset.ReplicaSetSpecBuilder;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.client.Deletion;
import io.gantry.client.ObjectKey;
import io.gantry.client.Patch;
import io.gantry.client.Resource;
import io.gantry.client.event.EventSink;
import io.gantry.client.informer.Lister;
import io.gantry.client.work.Reconciler;
import io.gantry.client.work.Result;
import io.gantry.controllermanager.common.Claims;
import io.gantry.controllermanager.common.Fields;
import io.gantry.controllermanager.common.Labels;
import io.gantry.controllermanager.common.Owners;
import io.gantry.controllermanager.common.PodControl;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Carries out [DeploymentPlan].
final class DeploymentReconciler implements Reconciler<ObjectKey> {
    private final Lister<Deployment> deployments;
    private final Lister<ReplicaSet> sets;
    private final Lister<Pod> pods;
    private final Resource<Deployment> deploymentResource;
    private final Resource<ReplicaSet> setResource;
    private final Claims<Deployment, ReplicaSet> claims;
    private final EventSink events;
    private final Clock clock;

    DeploymentReconciler(
            Lister<Deployment> deployments,
            Lister<ReplicaSet> sets,
            Lister<Pod> pods,
            Resource<Deployment> deploymentResource,
            Resource<ReplicaSet> setResource,
            EventSink events,
            Clock clock) {
        this.deployments = deployments;
        this.sets = sets;
        this.pods = pods;
        this.deploymentResource = deploymentResource;
        this.setResource = setResource;
        this.claims = new Claims<>(deploymentResource, setResource);
        this.events = events;
        this.clock = clock;
    }

    @Override
    public Result reconcile(ObjectKey key) {
        Optional<Deployment> found = deployments.get(key.namespace(), key.name());
        if (found.isEmpty()) {
            return Result.done();
        }
        Deployment deployment = found.get();
        if (Labels.isEmpty(deployment.spec().selector())) {
            events.event(
                    deployment,
                    EventSink.WARNING,
                    "SelectingAll",
                    "This deployment is selecting all pods. A non-empty selector is required.");
            return Result.done();
        }
        List<ReplicaSet> owned =
                claims.claim(deployment, deployment.spec().selector(), sets.inNamespace(key.namespace()));
        DeploymentPlan plan = DeploymentPlan.of(deployment, owned, podsOf(key, owned), Fields.now(clock));
        for (Action action : plan.actions()) {
            if (!apply(deployment, action)) {
                return Result.done();
            }
        }
        writeStatus(noteRevision(deployment, plan.revision()), plan.status());
        return plan.deadline().map(this::lookAgain).orElse(Result.done());
    }

    private Result lookAgain(Instant deadline) {
        Duration until = Duration.between(clock.instant(), deadline).plusSeconds(1);
        return Result.requeueAfter(until.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : until);
    }

    private List<Pod> podsOf(ObjectKey key, List<ReplicaSet> owned) {
        Set<String> uids = owned.stream().map(Owners::uid).collect(Collectors.toSet());
        return pods.inNamespace(key.namespace()).stream()
                .filter(pod -> Owners.controllerOf(pod)
                        .map(r -> uids.contains(r.uid()))
                        .orElse(false))
                .toList();
    }

    /// False when the rest of the plan no longer holds and the next event brings a new one.
    private boolean apply(Deployment deployment, Action action) {
        return switch (action) {
            case Action.Create create -> create(deployment, create.set());
            case Action.Scale scale -> {
                scale(deployment, scale);
                yield true;
            }
            case Action.Refresh refresh -> {
                setResource.update(ReplicaSetBuilder.builder(refresh.set())
                        .metadata(ObjectMetaBuilder.builder(refresh.set().metadata())
                                .annotations(refresh.annotations())
                                .build())
                        .spec(ReplicaSetSpecBuilder.builder(refresh.set().spec())
                                .minReadySeconds(refresh.minReadySeconds())
                                .build())
                        .build());
                yield false;
            }
            case Action.Delete delete -> {
                ObjectKey key = ObjectKey.of(delete.set());
                try {
                    setResource.delete(
                            key.namespace(), key.name(), Deletion.background().withUid(Owners.uid(delete.set())));
                } catch (StatusException e) {
                    if (!e.isNotFound()) {
                        throw e;
                    }
                }
                yield true;
            }
        };
    }

    /// Refused when the view is old: the status that is written on top was made of that view.
    private Deployment noteRevision(Deployment deployment, long revision) {
        if (revision == 0 || Annotations.revision(deployment.metadata().annotations()) == revision) {
            return deployment;
        }
        Map<String, Object> metadata = Map.of(
                "resourceVersion", text(deployment.metadata().resourceVersion()),
                "annotations", Map.of(Annotations.REVISION, Long.toString(revision)));
        ObjectKey key = ObjectKey.of(deployment);
        return deploymentResource.patch(
                key.namespace(),
                key.name(),
                Patch.merge(Map.of("metadata", metadata)).subresource("status"));
    }

    private void scale(Deployment deployment, Action.Scale scale) {
        ReplicaSet set = scale.set();
        int before = Sizes.replicas(set);
        setResource.update(ReplicaSetBuilder.builder(set)
                .metadata(ObjectMetaBuilder.builder(set.metadata())
                        .annotations(scale.annotations())
                        .build())
                .spec(ReplicaSetSpecBuilder.builder(set.spec())
                        .replicas(scale.replicas())
                        .build())
                .build());
        if (before != scale.replicas()) {
            tellScaled(deployment, set, before, scale.replicas());
        }
    }

    private void tellScaled(Deployment deployment, ReplicaSet set, int from, int to) {
        events.event(
                deployment,
                EventSink.NORMAL,
                "ScalingReplicaSet",
                "Scaled " + (to > from ? "up" : "down") + " replica set "
                        + set.metadata().name() + " from " + from + " to " + to);
    }

    /// Makes the set; where the name is taken by another template, counts a collision, which changes the hash.
    private boolean create(Deployment deployment, ReplicaSet set) {
        try {
            setResource.create(set);
        } catch (StatusException e) {
            if (e.isAlreadyExists()) {
                return nameIsTaken(deployment, set);
            }
            if (!PodControl.isNamespaceTerminating(e)) {
                createFailed(deployment, set, e);
            }
            throw e;
        }
        if (Sizes.replicas(set) > 0) {
            tellScaled(deployment, set, 0, Sizes.replicas(set));
        }
        return true;
    }

    private boolean nameIsTaken(Deployment deployment, ReplicaSet set) {
        ObjectKey key = ObjectKey.of(set);
        ReplicaSet existing = setResource.get(key.namespace(), key.name());
        boolean ours = Owners.isControlledBy(existing, deployment)
                && existing.spec().template() != null
                && set.spec().template() != null
                && TemplateHash.same(existing.spec().template(), set.spec().template());
        if (!ours) {
            int collisions = number(deployment.status().collisionCount()) + 1;
            writeStatus(
                    deployment,
                    DeploymentStatusBuilder.builder(deployment.status())
                            .collisionCount(collisions)
                            .build());
        }
        return false;
    }

    private void createFailed(Deployment deployment, ReplicaSet set, StatusException e) {
        String message = "Failed to create new replica set \"" + set.metadata().name() + "\": " + e.getMessage();
        events.event(deployment, EventSink.WARNING, "ReplicaSetCreateError", message);
        if (Progress.hasDeadline(deployment)) {
            writeStatus(
                    deployment,
                    DeploymentStatusBuilder.builder(deployment.status())
                            .conditions(Progress.with(
                                    deployment.status().conditions(),
                                    Progress.condition(
                                            Progress.PROGRESSING,
                                            "False",
                                            "ReplicaSetCreateError",
                                            text(message),
                                            Fields.now(clock))))
                            .build());
        }
    }

    private void writeStatus(Deployment deployment, DeploymentStatus status) {
        if (status.equals(deployment.status())) {
            return;
        }
        try {
            deploymentResource.updateStatus(
                    DeploymentBuilder.builder(deployment).status(status).build());
        } catch (StatusException e) {
            if (!e.isNotFound()) {
                throw e;
            }
        }
    }
}
