package io.gantry.controllermanager.deployment;

import static io.gantry.controllermanager.common.Fields.nonZero;
import static io.gantry.controllermanager.common.Fields.number;
import static io.gantry.controllermanager.common.Fields.text;
import static io.gantry.controllermanager.common.Fields.time;

import io.gantry.api.apps.v1.deployment.Deployment;
import io.gantry.api.apps.v1.deployment.DeploymentCondition;
import io.gantry.api.apps.v1.deployment.DeploymentStatus;
import io.gantry.api.apps.v1.deployment.DeploymentStatusBuilder;
import io.gantry.api.apps.v1.replicaset.ReplicaSet;
import io.gantry.api.apps.v1.replicaset.ReplicaSetCondition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/// The status of a Deployment with its conditions (upstream `sync.go` `calculateStatus`, `progress.go`).
final class Progress {
    static final String PROGRESSING = "Progressing";
    static final String AVAILABLE = "Available";
    static final String REPLICA_FAILURE = "ReplicaFailure";
    static final String COMPLETE = "NewReplicaSetAvailable";
    static final String TIMED_OUT = "ProgressDeadlineExceeded";
    static final String PAUSED = "DeploymentPaused";
    static final String RESUMED = "DeploymentResumed";

    private Progress() {}

    /// The deployment was asked to tell when it makes no progress.
    static boolean hasDeadline(Deployment deployment) {
        Integer seconds = deployment.spec().progressDeadlineSeconds();
        return seconds != null && seconds != Integer.MAX_VALUE;
    }

    /// Counts and the Available condition; other conditions as they were.
    static DeploymentStatus counted(Deployment deployment, Family family, Instant now) {
        List<ReplicaSet> all = family.all();
        int available = Sizes.available(all);
        int total = sum(all, set -> number(set.status().replicas()));
        boolean enough = available >= Sizes.wanted(deployment) - Sizes.maxUnavailable(deployment);
        DeploymentCondition condition = enough
                ? condition(AVAILABLE, "True", "MinimumReplicasAvailable", "Deployment has minimum availability.", now)
                : condition(
                        AVAILABLE,
                        "False",
                        "MinimumReplicasUnavailable",
                        "Deployment does not have minimum availability.",
                        now);
        int updated =
                family.current().map(set -> number(set.status().replicas())).orElse(0);
        return new DeploymentStatus(
                nonZero(number(deployment.metadata().generation())),
                nonZero(total),
                nonZero(updated),
                nonZero(sum(all, set -> number(set.status().readyReplicas()))),
                nonZero(available),
                nonZero(Math.max(0, Sizes.replicas(all) - available)),
                sum(all, set -> number(set.status().terminatingReplicas())),
                with(deployment.status().conditions(), condition),
                deployment.status().collisionCount());
    }

    private static int sum(List<ReplicaSet> sets, ToIntFunction<ReplicaSet> count) {
        return sets.stream().mapToInt(count).sum();
    }

    /// Counts, and how the rollout goes.
    static DeploymentStatus rollout(Deployment deployment, Family family, Instant now) {
        DeploymentStatus status = counted(deployment, family, now);
        List<DeploymentCondition> conditions = status.conditions();
        if (hasDeadline(deployment)) {
            conditions = progressing(deployment, family, status, now);
        } else {
            conditions = without(conditions, PROGRESSING);
        }
        Optional<DeploymentCondition> failure = replicaFailure(family, now);
        conditions = failure.isPresent() ? with(conditions, failure.get()) : without(conditions, REPLICA_FAILURE);
        return DeploymentStatusBuilder.builder(status).conditions(conditions).build();
    }

    private static List<DeploymentCondition> progressing(
            Deployment deployment, Family family, DeploymentStatus status, Instant now) {
        Optional<DeploymentCondition> before = find(deployment.status().conditions(), PROGRESSING);
        boolean stable = number(status.replicas()) == number(status.updatedReplicas())
                && before.map(c -> text(c.reason()).equals(COMPLETE)).orElse(false);
        if (stable) {
            return status.conditions();
        }
        String what = family.current()
                .map(set -> "ReplicaSet \"" + set.metadata().name() + "\"")
                .orElse("Deployment \"" + deployment.metadata().name() + "\"");
        if (isComplete(deployment, status)) {
            return with(
                    status.conditions(),
                    condition(PROGRESSING, "True", COMPLETE, what + " has successfully progressed.", now));
        }
        if (moved(deployment.status(), status)) {
            DeploymentCondition made =
                    condition(PROGRESSING, "True", "ReplicaSetUpdated", what + " is progressing.", now);
            Instant since = before.filter(c -> c.status().equals("True"))
                    .map(c -> time(c.lastTransitionTime()))
                    .orElse(now);
            return with(without(status.conditions(), PROGRESSING), transitioned(made, since));
        }
        if (isTimedOut(deployment, status, now)) {
            return with(
                    status.conditions(),
                    condition(PROGRESSING, "False", TIMED_OUT, what + " has timed out progressing.", now));
        }
        return status.conditions();
    }

    static boolean isComplete(Deployment deployment, DeploymentStatus status) {
        int wanted = Sizes.wanted(deployment);
        return number(status.updatedReplicas()) == wanted
                && number(status.replicas()) == wanted
                && number(status.availableReplicas()) == wanted
                && number(status.observedGeneration())
                        >= number(deployment.metadata().generation());
    }

    private static boolean moved(DeploymentStatus before, DeploymentStatus now) {
        int oldBefore = number(before.replicas()) - number(before.updatedReplicas());
        int oldNow = number(now.replicas()) - number(now.updatedReplicas());
        return number(now.updatedReplicas()) > number(before.updatedReplicas())
                || oldNow < oldBefore
                || number(now.readyReplicas()) > number(before.readyReplicas())
                || number(now.availableReplicas()) > number(before.availableReplicas());
    }

    private static boolean isTimedOut(Deployment deployment, DeploymentStatus status, Instant now) {
        return deadline(deployment, status).map(at -> at.isBefore(now)).orElse(false);
    }

    /// When the rollout counts as stuck; empty when it does not run, or was found stuck already.
    static Optional<Instant> deadline(Deployment deployment, DeploymentStatus status) {
        if (!hasDeadline(deployment) || isComplete(deployment, status)) {
            return Optional.empty();
        }
        return find(status.conditions(), PROGRESSING)
                .filter(c ->
                        !text(c.reason()).equals(COMPLETE) && !text(c.reason()).equals(TIMED_OUT))
                .map(c -> time(c.lastUpdateTime())
                        .plusSeconds(number(deployment.spec().progressDeadlineSeconds())));
    }

    private static Optional<DeploymentCondition> replicaFailure(Family family, Instant now) {
        return family.current()
                .flatMap(Progress::failure)
                .or(() -> family.old().stream()
                        .map(Progress::failure)
                        .flatMap(Optional::stream)
                        .findFirst())
                .map(c -> condition(REPLICA_FAILURE, c.status(), text(c.reason()), text(c.message()), now));
    }

    private static Optional<ReplicaSetCondition> failure(ReplicaSet set) {
        return set.status().conditions().stream()
                .filter(c -> c.type().equals(REPLICA_FAILURE))
                .findFirst();
    }

    /// The condition that tells of a pause or its end, when it is due.
    static Optional<DeploymentCondition> pause(Deployment deployment, boolean paused, Instant now) {
        if (!hasDeadline(deployment)) {
            return Optional.empty();
        }
        String reason = find(deployment.status().conditions(), PROGRESSING)
                .map(c -> text(c.reason()))
                .orElse("");
        if (reason.equals(TIMED_OUT)) {
            return Optional.empty();
        }
        if (paused && !reason.equals(PAUSED)) {
            return Optional.of(condition(PROGRESSING, "Unknown", PAUSED, "Deployment is paused", now));
        }
        return !paused && reason.equals(PAUSED)
                ? Optional.of(condition(PROGRESSING, "Unknown", RESUMED, "Deployment is resumed", now))
                : Optional.empty();
    }

    static DeploymentCondition condition(String type, String status, String reason, String message, Instant now) {
        return new DeploymentCondition(type, status, now, now, reason, message);
    }

    private static DeploymentCondition transitioned(DeploymentCondition c, Instant at) {
        return new DeploymentCondition(c.type(), c.status(), c.lastUpdateTime(), at, c.reason(), c.message());
    }

    static Optional<DeploymentCondition> find(List<DeploymentCondition> conditions, String type) {
        return conditions.stream().filter(c -> c.type().equals(type)).findFirst();
    }

    /// Sets a condition; one of the same status and reason stays as it is, one of the same status keeps its transition
    /// time.
    static List<DeploymentCondition> with(List<DeploymentCondition> conditions, DeploymentCondition made) {
        Optional<DeploymentCondition> before = find(conditions, made.type());
        if (before.isPresent()
                && before.get().status().equals(made.status())
                && text(before.get().reason()).equals(text(made.reason()))) {
            return conditions;
        }
        boolean sameStatus = before.isPresent() && before.get().status().equals(made.status());
        List<DeploymentCondition> result = new ArrayList<>(without(conditions, made.type()));
        result.add(sameStatus ? transitioned(made, time(before.get().lastTransitionTime())) : made);
        return result;
    }

    static List<DeploymentCondition> without(List<DeploymentCondition> conditions, String type) {
        return conditions.stream().filter(c -> !c.type().equals(type)).toList();
    }
}
