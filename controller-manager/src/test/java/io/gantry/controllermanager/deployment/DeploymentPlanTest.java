package io.gantry.controllermanager.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import io.gantry.api.apps.v1.deployment.Deployment;
import io.gantry.api.apps.v1.deployment.DeploymentBuilder;
import io.gantry.api.apps.v1.deployment.DeploymentCondition;
import io.gantry.api.apps.v1.deployment.DeploymentStatus;
import io.gantry.api.apps.v1.replicaset.ReplicaSet;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DeploymentPlanTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:10:00Z");

    /// Sets are written `image size/ready @revision`, the deployment as `image replicas surge unavailable`.
    record Case(String name, String deployment, List<String> sets, List<String> actions) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> rolling() {
        return Stream.of(
                new Case("first set", "v1 3 1 1", List.of(), List.of("create v1 3")),
                new Case("new set gets the surge", "v2 4 1 1", List.of("v1 4/4 @1"), List.of("create v2 1")),
                new Case("nothing to do", "v1 3 1 1", List.of("v1 3/3 @1"), List.of()),
                new Case(
                        "old shrinks when the surge is used up",
                        "v2 4 1 1",
                        List.of("v1 4/4 @1", "v2 1/0 @2"),
                        List.of("scale v1 3")),
                new Case(
                        "new grows into the room",
                        "v2 4 1 1",
                        List.of("v1 3/3 @1", "v2 1/0 @2"),
                        List.of("scale v2 2")),
                new Case(
                        "no pod goes below what must be available",
                        "v2 4 1 1",
                        List.of("v1 3/3 @1", "v2 2/0 @2"),
                        List.of()),
                new Case(
                        "unhealthy old pods go first",
                        "v2 4 1 1",
                        List.of("v1 4/1 @1", "v2 1/0 @2"),
                        List.of("scale v1 3")),
                new Case("the last old pods go", "v2 2 1 0", List.of("v1 1/1 @1", "v2 2/2 @2"), List.of("scale v1 0")),
                new Case(
                        "neither surge nor unavailable still moves",
                        "v2 2 0 0",
                        List.of("v1 2/2 @1", "v2 0/0 @2"),
                        List.of("scale v1 1")),
                new Case(
                        "rollback takes the old set and numbers it anew",
                        "v1 2 1 0",
                        List.of("v1 0/0 @1", "v2 2/2 @2"),
                        List.of("refresh v1 @3", "scale v1 1")));
    }

    @ParameterizedTest
    @MethodSource
    void rolling(Case c) {
        Deployment deployment = deployment(c.deployment(), "RollingUpdate");
        assertEquals(c.actions(), actions(deployment, c.sets()));
    }

    static Stream<Case> recreate() {
        return Stream.of(
                new Case("old goes first", "v2 2 0 0", List.of("v1 2/2 @1"), List.of("scale v1 0")),
                new Case("then the new one comes", "v2 2 0 0", List.of("v1 0/0 @1"), List.of("create v2 2")));
    }

    @ParameterizedTest
    @MethodSource
    void recreate(Case c) {
        assertEquals(c.actions(), actions(deployment(c.deployment(), "Recreate"), c.sets()));
    }

    @Test
    void recreateWaitsForOldPods() {
        String stillRunning = "v1 0/0 @1";
        ReplicaSet old = withStatusReplicas(set(stillRunning, 2, 2), 1);
        DeploymentPlan plan = DeploymentPlan.of(deployment("v2 2 0 0", "Recreate"), List.of(old), List.of(), NOW);
        assertEquals(List.of(), plan.actions());
    }

    @Test
    void scalingInTheMiddleOfARolloutIsProportional() {
        Deployment deployment = deployment("v2 20 5 0", "RollingUpdate");
        List<ReplicaSet> sets = List.of(set("v1 8/8 @1", 10, 15), set("v2 7/4 @2", 10, 15));
        DeploymentPlan plan = DeploymentPlan.of(deployment, sets, List.of(), NOW);
        assertEquals(List.of("scale v1 13", "scale v2 12"), show(plan.actions()));
    }

    @Test
    void aPausedDeploymentStillScalesButDoesNotRoll() {
        Deployment paused = parse(
                Deployment.class,
                json(deployment("v2 5 1 1", "RollingUpdate")).replace("\"selector\"", "\"paused\":true,\"selector\""));
        DeploymentPlan plan = DeploymentPlan.of(paused, List.of(set("v1 3/3 @1", 3, 4)), List.of(), NOW);
        assertEquals(List.of("scale v1 5"), show(plan.actions()));
        assertEquals("DeploymentPaused", progressing(plan.status()).reason());
    }

    @Test
    void historyBeyondTheLimitIsRemovedWhenTheRolloutIsComplete() {
        Deployment deployment = deployment("v4 1 1 0", "RollingUpdate");
        List<String> sets = List.of("v1 0/0 @1", "v2 0/0 @2", "v3 0/0 @3", "v4 1/1 @4");
        assertEquals(List.of("delete v1"), actions(deployment, sets));
    }

    @Test
    void conditionsTellOfProgressCompletionAndTheDeadline() {
        Deployment deployment = deployment("v1 2 1 0", "RollingUpdate");
        DeploymentPlan started = DeploymentPlan.of(deployment, List.of(), List.of(), NOW);
        assertEquals("NewReplicaSetCreated", progressing(started.status()).reason());
        assertEquals(
                "MinimumReplicasUnavailable",
                condition(started.status(), "Available").reason());

        Deployment created = with(deployment, started.status());
        DeploymentPlan half = plan(created, "v1 2/1 @1", NOW.plusSeconds(10));
        assertEquals("ReplicaSetUpdated", progressing(half.status()).reason());
        assertEquals(NOW, progressing(half.status()).lastTransitionTime());
        assertEquals(NOW.plusSeconds(610), half.deadline().orElseThrow());

        DeploymentPlan late = plan(with(deployment, half.status()), "v1 2/1 @1", NOW.plusSeconds(611));
        assertEquals("ProgressDeadlineExceeded", progressing(late.status()).reason());
        assertEquals("False", progressing(late.status()).status());
        assertTrue(late.deadline().isEmpty());

        DeploymentPlan done = plan(with(deployment, late.status()), "v1 2/2 @1", NOW.plusSeconds(700));
        assertEquals("NewReplicaSetAvailable", progressing(done.status()).reason());
        assertTrue(String.valueOf(progressing(done.status()).message()).endsWith("has successfully progressed."));
        assertEquals(
                "MinimumReplicasAvailable",
                condition(done.status(), "Available").reason());
        assertTrue(done.deadline().isEmpty());

        DeploymentPlan again = plan(with(deployment, done.status()), "v1 2/2 @1", NOW.plusSeconds(900));
        assertEquals(done.status(), again.status());
    }

    @Test
    void aSetThatIsThereAlreadyIsFound() {
        Deployment deployment = deployment("v1 2 1 0", "RollingUpdate");
        DeploymentCondition found =
                progressing(plan(deployment, "v1 0/0 @1", NOW).status());
        assertEquals("FoundNewReplicaSet", found.reason());
    }

    @Test
    void unavailableIsWhatTheSetsAreToHaveAndIsNotAvailable() {
        Deployment deployment = deployment("v1 3 1 0", "RollingUpdate");
        ReplicaSet fresh = withoutPods(set("v1 3/0 @1", 3, 4));
        DeploymentStatus status =
                DeploymentPlan.of(deployment, List.of(fresh), List.of(), NOW).status();
        assertEquals(3, status.unavailableReplicas());
    }

    @Test
    void theNameOfASetIsCutToFit() {
        assertEquals("d-abc", TemplateHash.name("d", "abc"));
        assertEquals("x".repeat(249) + "-abc", TemplateHash.name("x".repeat(253), "abc"));
    }

    @Test
    void theHashIsStableAndNamesTheSet() {
        Deployment deployment = deployment("v1 1 1 0", "RollingUpdate");
        String hash = TemplateHash.of(deployment.spec().template(), 0);
        assertTrue(hash.matches("[bcdfghjklmnpqrstvwxz2456789]{1,10}"), hash);
        assertTrue(!hash.equals(TemplateHash.of(deployment.spec().template(), 1)));
        Action.Create create = (Action.Create) DeploymentPlan.of(deployment, List.of(), List.of(), NOW)
                .actions()
                .getFirst();
        assertEquals("d-" + hash, create.set().metadata().name());
        assertEquals(hash, create.set().spec().selector().matchLabels().get("pod-template-hash"));
        assertEquals("1", create.set().metadata().annotations().get(Annotations.REVISION));
    }

    private static DeploymentPlan plan(Deployment deployment, String set, Instant at) {
        return DeploymentPlan.of(deployment, List.of(set(set, 2, 3)), List.of(), at);
    }

    private static Deployment with(Deployment deployment, DeploymentStatus status) {
        return DeploymentBuilder.builder(deployment).status(status).build();
    }

    private static DeploymentCondition progressing(DeploymentStatus status) {
        return condition(status, "Progressing");
    }

    private static DeploymentCondition condition(DeploymentStatus status, String type) {
        return Progress.find(status.conditions(), type).orElseThrow();
    }

    private static List<String> actions(Deployment deployment, List<String> sets) {
        int wanted = Sizes.wanted(deployment);
        int max = wanted + Sizes.maxSurge(deployment);
        List<ReplicaSet> list = sets.stream().map(s -> set(s, wanted, max)).toList();
        return show(DeploymentPlan.of(deployment, list, List.of(), NOW).actions());
    }

    private static List<String> show(List<Action> actions) {
        return actions.stream()
                .map(action -> switch (action) {
                    case Action.Create c -> "create " + image(c.set()) + " " + Sizes.replicas(c.set());
                    case Action.Scale s -> "scale " + image(s.set()) + " " + s.replicas();
                    case Action.Refresh r ->
                        "refresh " + image(r.set()) + " @" + r.annotations().get(Annotations.REVISION);
                    case Action.Delete d -> "delete " + image(d.set());
                })
                .toList();
    }

    private static String image(ReplicaSet set) {
        return String.valueOf(Objects.requireNonNull(set.spec().template())
                .spec()
                .containers()
                .getFirst()
                .image());
    }

    private static Deployment deployment(String text, String strategy) {
        String[] parts = text.split(" ");
        String rolling = strategy.equals("Recreate")
                ? ""
                : ",\"rollingUpdate\":{\"maxSurge\":%s,\"maxUnavailable\":%s}".formatted(parts[2], parts[3]);
        return parse(Deployment.class, """
                {"metadata":{"name":"d","namespace":"ns","uid":"du","generation":1},
                 "spec":{"replicas":%s,"selector":{"matchLabels":{"app":"a"}},"progressDeadlineSeconds":600,
                 "revisionHistoryLimit":2,
                 "strategy":{"type":"%s"%s},
                 "template":{"metadata":{"labels":{"app":"a"}},"spec":{"containers":[{"name":"c","image":"%s"}]}}}}""".formatted(parts[1], strategy, rolling, parts[0]));
    }

    private static ReplicaSet set(String text, int desired, int max) {
        String[] parts = text.split("[ /@]+");
        return parse(ReplicaSet.class, """
                {"metadata":{"name":"rs-%1$s","namespace":"ns","uid":"u-%1$s","generation":1,
                  "creationTimestamp":"2026-01-01T00:00:0%4$sZ",
                  "annotations":{"deployment.kubernetes.io/revision":"%4$s",
                   "deployment.kubernetes.io/desired-replicas":"%5$d",
                   "deployment.kubernetes.io/max-replicas":"%6$d"}},
                 "spec":{"replicas":%2$s,"minReadySeconds":0,"selector":{"matchLabels":{"app":"a"}},
                  "template":{"metadata":{"labels":{"app":"a","pod-template-hash":"x"}},
                   "spec":{"containers":[{"name":"c","image":"%1$s"}]}}},
                 "status":{"replicas":%2$s,"readyReplicas":%3$s,"availableReplicas":%3$s,"observedGeneration":1}}""".formatted(parts[0], parts[1], parts[2], parts[3], desired, max));
    }

    private static ReplicaSet withoutPods(ReplicaSet set) {
        return parse(ReplicaSet.class, json(set).replaceAll("\"status\":\\{.*?\\}", "\"status\":{}"));
    }

    private static ReplicaSet withStatusReplicas(ReplicaSet set, int replicas) {
        return parse(
                ReplicaSet.class,
                json(set).replace("\"status\":{\"replicas\":0", "\"status\":{\"replicas\":" + replicas));
    }

    private static String json(Object object) {
        return Json.MAPPER.writeValueAsString(object);
    }

    private static <T> T parse(Class<T> type, String json) {
        return Json.MAPPER.readValue(json, type);
    }
}
