package io.gantry.controllermanager.deployment;

import static io.gantry.controllermanager.common.Fields.flag;
import static io.gantry.controllermanager.common.Fields.number;
import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.apps.v1.deployment.Deployment;
import io.gantry.api.apps.v1.deployment.DeploymentBuilder;
import io.gantry.api.apps.v1.deployment.DeploymentKind;
import io.gantry.api.apps.v1.deployment.DeploymentStatus;
import io.gantry.api.apps.v1.deployment.DeploymentStatusBuilder;
import io.gantry.api.apps.v1.replicaset.ReplicaSet;
import io.gantry.api.apps.v1.replicaset.ReplicaSetBuilder;
import io.gantry.api.apps.v1.replicaset.ReplicaSetKind;
import io.gantry.api.apps.v1.replicaset.ReplicaSetSpecBuilder;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.meta.v1.LabelSelector;
import io.gantry.api.meta.v1.LabelSelectorBuilder;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.meta.v1.OwnerReference;
import io.gantry.controllermanager.common.Owners;
import io.gantry.controllermanager.common.Pods;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The next step of a Deployment: what to do with its ReplicaSets, in order, and the status to show (upstream
/// `pkg/controller/deployment`). Pure; each step changes what the next reconcile sees.
///
/// @param revision the revision to note on the Deployment, 0 for none yet
/// @param deadline when to look again although nothing changed: the progress deadline
record DeploymentPlan(List<Action> actions, long revision, DeploymentStatus status, Optional<Instant> deadline) {

    /// @param owned the deployment's ReplicaSets
    /// @param pods the pods of those ReplicaSets
    static DeploymentPlan of(Deployment deployment, List<ReplicaSet> owned, List<Pod> pods, Instant now) {
        return new Planner(withPause(deployment, now), owned, pods, now).plan(deployment);
    }

    private static Deployment withPause(Deployment deployment, Instant now) {
        boolean paused = flag(deployment.spec().paused());
        return Progress.pause(deployment, paused, now)
                .map(condition -> DeploymentBuilder.builder(deployment)
                        .status(DeploymentStatusBuilder.builder(deployment.status())
                                .conditions(Progress.with(deployment.status().conditions(), condition))
                                .build())
                        .build())
                .orElse(deployment);
    }

    private static final class Planner {
        private Deployment deployment;
        private final Family family;
        private final List<Pod> pods;
        private final Instant now;
        private final List<Action> actions = new ArrayList<>();
        private long revision;

        Planner(Deployment deployment, List<ReplicaSet> owned, List<Pod> pods, Instant now) {
            this.deployment = deployment;
            this.family = Family.of(deployment, owned);
            this.pods = pods;
            this.now = now;
        }

        DeploymentPlan plan(Deployment original) {
            if (original.metadata().deletionTimestamp() != null) {
                return finish(Progress.counted(deployment, family, now));
            }
            if (flag(deployment.spec().paused())) {
                refresh();
                scale();
                cleanUp();
                return finish(Progress.counted(deployment, family, now));
            }
            if (isScaled()) {
                refresh();
                scale();
                return finish(Progress.counted(deployment, family, now));
            }
            DeploymentStatus status = Sizes.isRolling(deployment) ? rollingUpdate() : recreate();
            return finish(status);
        }

        private DeploymentPlan finish(DeploymentStatus status) {
            return new DeploymentPlan(actions, revision, status, Progress.deadline(deployment, status));
        }

        /// The deployment's size was changed since its sets were sized.
        private boolean isScaled() {
            int wanted = Sizes.wanted(deployment);
            return Family.active(family.all()).stream()
                    .map(Annotations::desired)
                    .anyMatch(desired -> desired.isPresent() && desired.getAsInt() != wanted);
        }

        private void scale() {
            for (ProportionalScale.Size size : ProportionalScale.of(deployment, family)) {
                resize(size.set(), size.replicas());
            }
        }

        private DeploymentStatus rollingUpdate() {
            if (family.current().isEmpty()) {
                return create(RollingUpdate.firstSize(deployment, family.old()));
            }
            refresh();
            ReplicaSet current = family.current().get();
            int size = RollingUpdate.newSize(deployment, family.all(), current);
            if (size != Sizes.replicas(current)) {
                resize(current, size);
                return Progress.rollout(deployment, family, now);
            }
            Map<String, Integer> old = RollingUpdate.oldSizes(deployment, family, current);
            for (ReplicaSet set : family.old()) {
                Integer less = old.get(RollingUpdate.name(set));
                if (less != null) {
                    resize(set, less);
                }
            }
            return rolloutAndCleanUp(old.isEmpty());
        }

        private DeploymentStatus recreate() {
            refresh();
            List<ReplicaSet> active = Family.active(family.old());
            if (!active.isEmpty()) {
                active.forEach(set -> resize(set, 0));
                return Progress.rollout(deployment, family, now);
            }
            if (oldPodsRun()) {
                return Progress.rollout(deployment, family, now);
            }
            if (family.current().isEmpty()) {
                return create(Sizes.wanted(deployment));
            }
            resize(family.current().get(), Sizes.wanted(deployment));
            return rolloutAndCleanUp(true);
        }

        private boolean oldPodsRun() {
            boolean counted =
                    family.old().stream().anyMatch(set -> number(set.status().replicas()) > 0);
            String current = family.current().map(Owners::uid).orElse("");
            return counted
                    || pods.stream()
                            .anyMatch(pod ->
                                    !Pods.isFinished(pod) && !ownerUid(pod).equals(current));
        }

        private static String ownerUid(Pod pod) {
            return Owners.controllerOf(pod).map(OwnerReference::uid).orElse("");
        }

        private DeploymentStatus rolloutAndCleanUp(boolean settled) {
            DeploymentStatus status = Progress.rollout(deployment, family, now);
            if (settled && Progress.isComplete(deployment, status)) {
                cleanUp();
            }
            return status;
        }

        /// A change of size, or of the sizes noted in the annotations.
        private void resize(ReplicaSet set, int replicas) {
            Map<String, String> annotations =
                    Annotations.withSizes(set.metadata().annotations(), deployment);
            if (replicas != Sizes.replicas(set)
                    || !annotations.equals(set.metadata().annotations())) {
                actions.add(new Action.Scale(set, replicas, annotations));
            }
        }

        /// Revision, annotations and minReadySeconds of the current set.
        private void refresh() {
            if (family.current().isEmpty()) {
                return;
            }
            ReplicaSet current = family.current().get();
            Map<String, String> before = current.metadata().annotations();
            Map<String, String> annotations = Annotations.ofNewSet(deployment, before, family.revision(), true);
            int minReady = number(deployment.spec().minReadySeconds());
            if (!annotations.equals(before) || minReady != number(current.spec().minReadySeconds())) {
                actions.add(new Action.Refresh(current, annotations, minReady));
            }
            revision = Annotations.revision(annotations);
            noteFound(current);
        }

        /// A Deployment that finds the set of its template already there, such as one that adopted it.
        private void noteFound(ReplicaSet current) {
            DeploymentStatus status = deployment.status();
            if (Progress.hasDeadline(deployment)
                    && Progress.find(status.conditions(), Progress.PROGRESSING).isEmpty()) {
                String message = "Found new replica set \"" + current.metadata().name() + "\"";
                deployment = DeploymentBuilder.builder(deployment)
                        .status(DeploymentStatusBuilder.builder(status)
                                .conditions(Progress.with(
                                        status.conditions(),
                                        Progress.condition(
                                                Progress.PROGRESSING, "True", "FoundNewReplicaSet", message, now)))
                                .build())
                        .build();
            }
        }

        private DeploymentStatus create(int replicas) {
            ReplicaSet made = newSet(replicas);
            actions.add(new Action.Create(made));
            revision = family.revision();
            DeploymentStatus status = Progress.counted(deployment, family, now);
            if (!Progress.hasDeadline(deployment)) {
                return status;
            }
            String message = "Created new replica set \"" + made.metadata().name() + "\"";
            return DeploymentStatusBuilder.builder(status)
                    .conditions(Progress.with(
                            status.conditions(),
                            Progress.condition(Progress.PROGRESSING, "True", "NewReplicaSetCreated", message, now)))
                    .build();
        }

        private ReplicaSet newSet(int replicas) {
            String hash = TemplateHash.of(
                    deployment.spec().template(), number(deployment.status().collisionCount()));
            LabelSelector selector = deployment.spec().selector();
            Map<String, String> wanted = new LinkedHashMap<>(selector.matchLabels());
            wanted.put(TemplateHash.LABEL, hash);
            Map<String, String> labels =
                    new LinkedHashMap<>(deployment.spec().template().metadata().labels());
            labels.put(TemplateHash.LABEL, hash);
            return ReplicaSetBuilder.builder()
                    .apiVersion(ReplicaSetKind.KIND.apiVersion())
                    .kind(ReplicaSetKind.KIND.name())
                    .metadata(ObjectMetaBuilder.builder()
                            .namespace(text(deployment.metadata().namespace()))
                            .name(TemplateHash.name(text(deployment.metadata().name()), hash))
                            .labels(labels)
                            .annotations(Annotations.ofNewSet(deployment, Map.of(), family.revision(), false))
                            .ownerReferences(List.of(Owners.controllerReference(DeploymentKind.KIND, deployment)))
                            .build())
                    .spec(ReplicaSetSpecBuilder.builder()
                            .replicas(replicas)
                            .minReadySeconds(number(deployment.spec().minReadySeconds()))
                            .selector(LabelSelectorBuilder.builder(selector)
                                    .matchLabels(wanted)
                                    .build())
                            .template(TemplateHash.with(deployment.spec().template(), hash))
                            .build())
                    .build();
        }

        /// Old sets beyond the history limit that have nothing left.
        private void cleanUp() {
            int limit = number(deployment.spec().revisionHistoryLimit(), Integer.MAX_VALUE);
            List<ReplicaSet> alive = family.old().stream()
                    .filter(set -> set.metadata().deletionTimestamp() == null)
                    .sorted(Comparator.comparingLong(
                            set -> Annotations.revision(set.metadata().annotations())))
                    .toList();
            for (ReplicaSet set : alive.subList(0, Math.max(0, alive.size() - limit))) {
                boolean empty = number(set.status().replicas()) == 0
                        && Sizes.replicas(set) == 0
                        && number(set.metadata().generation())
                                <= number(set.status().observedGeneration());
                if (empty) {
                    actions.add(new Action.Delete(set));
                }
            }
        }
    }
}
