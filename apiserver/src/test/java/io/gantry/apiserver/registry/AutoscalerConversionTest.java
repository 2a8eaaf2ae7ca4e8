package io.gantry.apiserver.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.gantry.api.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `autoscaling/v1` and `v2` are the same objects; what version 1 cannot say stands in annotations, in upstream's form.
class AutoscalerConversionTest {
    private static final String ANNOTATION = "autoscaling.alpha.kubernetes.io/";
    private final AutoscalerConversion conversion = new AutoscalerConversion();

    /// @param v1 as in the annotation, `v2` as it is stored
    private record Metric(String v1, String v2) {}

    private static final List<Metric> SPECS = List.of(
            new Metric("""
                {"type":"Resource","resource":{"name":"memory","targetAverageUtilization":60}}""", """
                {"type":"Resource","resource":{"name":"memory","target":{"averageUtilization":60,"type":"Utilization"}}}"""),
            new Metric("""
                {"type":"ContainerResource","containerResource":{"name":"cpu","container":"c","targetAverageValue":"1"}}""", """
                {"type":"ContainerResource","containerResource":{"name":"cpu","container":"c",
                 "target":{"averageValue":"1","type":"AverageValue"}}}"""),
            new Metric("""
                {"type":"Pods","pods":{"metricName":"qps","selector":{"matchLabels":{"a":"b"}},"targetAverageValue":"5"}}""", """
                {"type":"Pods","pods":{"metric":{"name":"qps","selector":{"matchLabels":{"a":"b"}}},
                 "target":{"averageValue":"5","type":"AverageValue"}}}"""),
            new Metric("""
                {"type":"Object","object":{"target":{"kind":"Service","name":"s"},"metricName":"hits","targetValue":"9"}}""", """
                {"type":"Object","object":{"metric":{"name":"hits"},"describedObject":{"kind":"Service","name":"s"},
                 "target":{"value":"9","type":"Value"}}}"""),
            new Metric("""
                {"type":"Object","object":{"target":{"kind":"Service","name":"s"},"metricName":"hits","averageValue":"9",
                 "targetValue":"0"}}""", """
                {"type":"Object","object":{"metric":{"name":"hits"},"describedObject":{"kind":"Service","name":"s"},
                 "target":{"averageValue":"9","type":"AverageValue"}}}"""),
            new Metric("""
                {"type":"External","external":{"metricName":"queue","metricSelector":{"matchLabels":{"q":"a"}},
                 "targetAverageValue":"30"}}""", """
                {"type":"External","external":{"metric":{"name":"queue","selector":{"matchLabels":{"q":"a"}}},
                 "target":{"averageValue":"30","type":"AverageValue"}}}"""));

    private static final List<Metric> STATUSES = List.of(new Metric("""
                {"type":"Resource","resource":{"name":"cpu","currentAverageUtilization":5,"currentAverageValue":"10m"}}""", """
                {"type":"Resource","resource":{"name":"cpu","current":{"averageValue":"10m","averageUtilization":5}}}"""), new Metric("""
                {"type":"External","external":{"metricName":"queue","currentAverageValue":"3","currentValue":"0"}}""", """
                {"type":"External","external":{"metric":{"name":"queue"},"current":{"value":"0","averageValue":"3"}}}"""));

    @Test
    void metricsGoBothWays() {
        for (Metric metric : SPECS) {
            assertEquals(list(metric.v2()), AutoscalerMetrics.toV2(list(metric.v1()), true), metric.v1());
            assertEquals(list(metric.v1()), AutoscalerMetrics.toV1(list(metric.v2()), true), metric.v2());
        }
        for (Metric metric : STATUSES) {
            assertEquals(list(metric.v2()), AutoscalerMetrics.toV2(list(metric.v1()), false), metric.v1());
            assertEquals(list(metric.v1()), AutoscalerMetrics.toV1(list(metric.v2()), false), metric.v2());
        }
    }

    @Test
    void versionOneAlwaysSaysHowManyThereAre() {
        ObjectNode stored = (ObjectNode) Json.MAPPER.readTree("{\"status\":{\"desiredReplicas\":0}}");
        ObjectNode served = conversion.toServed(stored.deepCopy());
        assertEquals(0, served.at("/status/currentReplicas").asInt(-1));
        assertFalse(conversion.toStored(served).at("/status").has("currentReplicas"));
    }

    private static JsonNode list(String metric) {
        return Json.MAPPER.readTree("[" + metric + "]");
    }

    @Test
    void versionOneKeepsTheRestInAnnotations() {
        ObjectNode served = conversion.toServed(object("""
            {"apiVersion":"autoscaling/v2","metadata":{"name":"a"},"spec":{"maxReplicas":3,"metrics":[
              {"type":"Resource","resource":{"name":"memory","target":{"type":"AverageValue","averageValue":"1Gi"}}},
              {"type":"Resource","resource":{"name":"cpu","target":{"type":"Utilization","averageUtilization":70}}}],
             "behavior":{"scaleDown":{"selectPolicy":"Min","policies":[{"type":"Pods","value":1,"periodSeconds":60}]}}},
             "status":{"conditions":[{"type":"AbleToScale","status":"True"}],"currentReplicas":1}}"""));
        assertEquals(70, served.at("/spec/targetCPUUtilizationPercentage").asInt(0));
        assertFalse(served.path("spec").has("metrics"));
        assertEquals(
                "[{\"type\":\"Resource\",\"resource\":{\"name\":\"memory\",\"targetAverageValue\":\"1Gi\"}}]",
                annotation(served, "metrics"));
        assertEquals(
                "{\"ScaleUp\":null,\"ScaleDown\":{\"StabilizationWindowSeconds\":null,\"SelectPolicy\":\"Min\","
                        + "\"Policies\":[{\"Type\":\"Pods\",\"Value\":1,\"PeriodSeconds\":60}],\"Tolerance\":null}}",
                annotation(served, "behavior"));
        assertEquals(
                "[{\"type\":\"AbleToScale\",\"status\":\"True\",\"lastTransitionTime\":null}]",
                annotation(served, "conditions"));
        ObjectNode stored = conversion.toStored(served);
        assertEquals("memory", stored.at("/spec/metrics/0/resource/name").asString(""));
        assertEquals(
                70,
                stored.at("/spec/metrics/1/resource/target/averageUtilization").asInt(0));
        assertEquals("Min", stored.at("/spec/behavior/scaleDown/selectPolicy").asString(""));
        assertEquals(
                60,
                stored.at("/spec/behavior/scaleDown/policies/0/periodSeconds").asInt(0));
        assertEquals("AbleToScale", stored.at("/status/conditions/0/type").asString(""));
        assertFalse(stored.path("metadata").has("annotations"));
    }

    @Test
    void annotationsHaveTheOrderAndTheLettersOfGo() {
        ObjectNode served = conversion.toServed(object("""
            {"apiVersion":"autoscaling/v2","metadata":{"name":"a","annotations":{
              "autoscaling.alpha.kubernetes.io/behavior":"{}","x":"y"}},"spec":{"maxReplicas":3,"metrics":[
              {"object":{"target":{"averageValue":"2k","type":"AverageValue"},"metric":{"selector":{"matchLabels":{"b":"<","a":"&"}},
               "name":"r"},"describedObject":{"name":"i","kind":"Service"}},"type":"Object"},
              {"type":"ContainerResource","containerResource":{"container":"c","name":"cpu",
               "target":{"type":"AverageValue","averageValue":"1"}}}]}}"""));
        assertEquals("""
            [{"type":"Object","object":{"target":{"kind":"Service","name":"i"},"metricName":"r","targetValue":"0","selector":{"matchLabels":\
            {"a":"\\u0026","b":"\\u003c"}},"averageValue":"2k"}},\
            {"type":"ContainerResource","containerResource":{"name":"cpu","targetAverageValue":"1","container":"c"}}]""", annotation(served, "metrics"));
        assertEquals("", annotation(served, "behavior"));
        assertEquals("y", served.at("/metadata/annotations/x").asString(""));
    }

    @Test
    void annotationsThatSayNothingLeaveTheDefault() {
        for (String annotation : List.of("[]", "{}", "junk")) {
            ObjectNode served = object("{\"spec\":{\"maxReplicas\":3},\"status\":{}}");
            served.withObject("/metadata/annotations").put(ANNOTATION + "metrics", annotation);
            ObjectNode stored = conversion.toStored(served);
            assertEquals(
                    80,
                    stored.at("/spec/metrics/0/resource/target/averageUtilization")
                            .asInt(0));
            assertFalse(stored.path("metadata").has("annotations"));
            assertFalse(stored.path("status").has("conditions"));
        }
    }

    private static String annotation(ObjectNode object, String name) {
        return object.path("metadata")
                .path("annotations")
                .path(ANNOTATION + name)
                .asString("");
    }

    private static ObjectNode object(String json) {
        return (ObjectNode) Json.MAPPER.readTree(json);
    }
}
