package io.gantry.testing;

import static io.gantry.testing.Workloads.condition;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.apps.v1.deployment.DeploymentKind;
import io.gantry.api.autoscaling.v2.horizontalpodautoscaler.HorizontalPodAutoscalerKind;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.events.v1.event.EventKind;
import io.gantry.client.ApiClient;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Autoscalers on a whole cluster; what pods use is what their annotations say.
@Gantry(nodes = 2)
class AutoscalingConformanceTest {
    private Workloads cluster;

    @BeforeEach
    void namespace(ApiClient client, @FromGantry(FromGantry.Value.NAMESPACE) String namespace) {
        cluster = new Workloads(client, namespace);
    }

    private void deploy(String name, String cpu) {
        cluster.create(DeploymentKind.KIND, name, """
            {"replicas":1,"selector":{"matchLabels":{"app":"%1$s"}},"template":{"metadata":{"labels":{"app":"%1$s"},
             "annotations":{"simulated.gantry.io/cpu-usage":"%2$s"}},"spec":{"terminationGracePeriodSeconds":0,
             "containers":[{"name":"c","image":"example/image","resources":{"requests":{"cpu":"200m"}}}]}}}""".formatted(name, cpu));
        cluster.when(DeploymentKind.KIND, name, Workloads.status("readyReplicas", 1));
    }

    private void autoscale(String name, String metrics) {
        cluster.create(HorizontalPodAutoscalerKind.KIND, name, """
            {"scaleTargetRef":{"apiVersion":"apps/v1","kind":"Deployment","name":"%s"},"maxReplicas":5,
             "behavior":{"scaleDown":{"stabilizationWindowSeconds":0}}%s}""".formatted(name, metrics));
    }

    @Test
    void aBusyDeploymentGrowsAndAnIdleOneShrinks() {
        deploy("web", "200m");
        autoscale("web", ",\"metrics\":[" + cpu(50) + "]");
        // 100 % of what is requested, where 50 % are wanted: twice as many, until there may be no more.
        JsonNode grown =
                cluster.when(HorizontalPodAutoscalerKind.KIND, "web", condition("ScalingLimited", "TooManyReplicas"));
        assertEquals("web", grown.at("/spec/scaleTargetRef/name").asString(""));
        cluster.when(DeploymentKind.KIND, "web", Workloads.status("readyReplicas", 5));
        JsonNode status = cluster.when(HorizontalPodAutoscalerKind.KIND, "web", Workloads.status("currentReplicas", 5))
                .path("status");
        assertEquals(
                "200m",
                status.at("/currentMetrics/0/resource/current/averageValue").asString(""));
        assertEquals(
                100,
                status.at("/currentMetrics/0/resource/current/averageUtilization")
                        .asInt(0));
        for (Pod pod : cluster.pods("web")) {
            cluster.patch(PodKind.KIND, Objects.requireNonNull(pod.metadata().name()), """
                {"metadata":{"annotations":{"simulated.gantry.io/cpu-usage":"10m"}}}""");
        }
        cluster.when(DeploymentKind.KIND, "web", Workloads.status("replicas", 1));
        await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> events("SuccessfulRescale"),
                        all -> all.stream()
                                .anyMatch(text -> text.equals("New size: 1; reason: All metrics below target")));
    }

    @Test
    void whatCannotBeMeasuredIsSaid() {
        deploy("odd", "10m");
        autoscale("odd", """
            ,"metrics":[{"type":"Pods","pods":{"metric":{"name":"qps"},"target":{"type":"AverageValue",
             "averageValue":"10"}}}]""");
        JsonNode odd =
                cluster.when(HorizontalPodAutoscalerKind.KIND, "odd", unmet("ScalingActive", "FailedGetPodsMetric"));
        assertEquals(
                "the HPA was unable to compute the replica count: unable to get metric qps: unable to fetch metrics from"
                        + " custom metrics API: no custom metrics API (custom.metrics.k8s.io) registered",
                message(odd, "ScalingActive"));
        cluster.create(HorizontalPodAutoscalerKind.KIND, "lost", """
            {"scaleTargetRef":{"apiVersion":"apps/v1","kind":"Deployment","name":"lost"},"maxReplicas":5}""");
        JsonNode lost = cluster.when(HorizontalPodAutoscalerKind.KIND, "lost", unmet("AbleToScale", "FailedGetScale"));
        assertEquals(
                "the HPA controller was unable to get the target's current scale: deployments.apps \"lost\" not found",
                message(lost, "AbleToScale"));
    }

    @Test
    void boundsHoldWithoutAnyMetric() {
        deploy("few", "10m");
        autoscale("few", ",\"minReplicas\":3");
        cluster.when(DeploymentKind.KIND, "few", Workloads.status("readyReplicas", 3));
        cluster.patch(DeploymentKind.KIND, "few", "{\"spec\":{\"replicas\":0}}");
        cluster.when(HorizontalPodAutoscalerKind.KIND, "few", unmet("ScalingActive", "ScalingDisabled"));
    }

    @Test
    void podsOfTwoAutoscalersAreLeftAlone() {
        deploy("two", "10m");
        autoscale("two", "");
        cluster.create(HorizontalPodAutoscalerKind.KIND, "too", """
            {"scaleTargetRef":{"apiVersion":"apps/v1","kind":"Deployment","name":"two"},"maxReplicas":5}""");
        JsonNode found =
                cluster.when(HorizontalPodAutoscalerKind.KIND, "too", unmet("ScalingActive", "AmbiguousSelector"));
        String namespace = cluster.namespace();
        assertEquals(
                "pods by selector app=two are controlled by multiple HPAs: [" + namespace + "/too " + namespace
                        + "/two]",
                message(found, "ScalingActive"));
    }

    private static String cpu(int percent) {
        return "{\"type\":\"Resource\",\"resource\":{\"name\":\"cpu\",\"target\":{\"type\":\"Utilization\","
                + "\"averageUtilization\":" + percent + "}}}";
    }

    private static Predicate<JsonNode> unmet(String type, String reason) {
        return autoscaler -> autoscaler
                .at("/status/conditions")
                .valueStream()
                .anyMatch(c -> c.path("type").asString("").equals(type)
                        && c.path("status").asString("").equals("False")
                        && c.path("reason").asString("").equals(reason));
    }

    private static String message(JsonNode autoscaler, String type) {
        return autoscaler
                .at("/status/conditions")
                .valueStream()
                .filter(c -> c.path("type").asString("").equals(type))
                .map(c -> c.path("message").asString(""))
                .findFirst()
                .orElse("");
    }

    private List<String> events(String reason) {
        return cluster.all(EventKind.KIND).stream()
                .filter(event -> reason.equals(event.reason()))
                .map(event -> String.valueOf(event.note()))
                .toList();
    }
}
