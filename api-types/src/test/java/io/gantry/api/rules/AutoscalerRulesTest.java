package io.gantry.api.rules;

import static io.gantry.api.rules.Manifests.META;
import static io.gantry.api.rules.Manifests.object;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.autoscaling.v2.horizontalpodautoscaler.HorizontalPodAutoscalerKind;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Rules of autoscalers in version 2.
final class AutoscalerRulesTest {
    static Stream<CreateCase> creates() {
        return Stream.of(
                new CreateCase(
                        "less than the minimum",
                        new HorizontalPodAutoscalerKind(),
                        object(
                                META,
                                "'scaleTargetRef':{'apiVersion':'apps/v1','kind':'Deployment','name':'a'},'minReplicas':3,'maxReplicas':2"),
                        List.of("spec.maxReplicas: Invalid value: 2: must be greater than or equal to `minReplicas`")),
                new CreateCase(
                        "no group",
                        new HorizontalPodAutoscalerKind(),
                        object(META, "'scaleTargetRef':{'kind':'Deployment','name':'a'},'maxReplicas':2"),
                        List.of(
                                "spec.scaleTargetRef.apiVersion: Invalid value: \"\": apiVersion must specify API group")),
                new CreateCase(
                        "odd group",
                        new HorizontalPodAutoscalerKind(),
                        object(
                                META,
                                "'scaleTargetRef':{'apiVersion':'/a/b','kind':'Deployment','name':'a'},'maxReplicas':2"),
                        List.of(
                                "spec.scaleTargetRef.apiVersion: Invalid value: \"/a/b\": unexpected GroupVersion string:"
                                        + " /a/b")),
                new CreateCase(
                        "a metric's selector is nobody's, a container's name is one",
                        new HorizontalPodAutoscalerKind(),
                        object(
                                META,
                                "'scaleTargetRef':{'apiVersion':'apps/v1','kind':'Deployment','name':'a'},'maxReplicas':2,"
                                        + "'metrics':[{'type':'Pods','pods':{'metric':{'name':'p','selector':{'matchLabels':{'a':'<'}}},"
                                        + "'target':{'type':'AverageValue','averageValue':'1'}}},"
                                        + "{'type':'ContainerResource','containerResource':{'name':'cpu','container':'c_d',"
                                        + "'target':{'type':'AverageValue','averageValue':'1'}}}]"),
                        List.of(
                                "spec.metrics[1].containerResource.container: Invalid value: \"c_d\": a lowercase RFC 1123"
                                        + " label must consist of lower case alphanumeric characters or '-', and must start and"
                                        + " end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for"
                                        + " validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')")),
                new CreateCase(
                        "a controller of the core",
                        new HorizontalPodAutoscalerKind(),
                        object(META, "'scaleTargetRef':{'kind':'ReplicationController','name':'a'},'maxReplicas':2"),
                        List.of()),
                new CreateCase(
                        "odd metrics",
                        new HorizontalPodAutoscalerKind(),
                        object(
                                META,
                                "'scaleTargetRef':{'apiVersion':'apps/v1','kind':'Deployment','name':'a'},'maxReplicas':0,"
                                        + "'behavior':{'scaleUp':{'tolerance':'-1'}},'metrics':[{'type':'Resource',"
                                        + "'resource':{'name':'cpu','target':{'type':'Share','averageUtilization':0}}},"
                                        + "{'type':'Pods','pods':{'metric':{'name':''},'target':{'type':'AverageValue'}}}]"),
                        List.of(
                                "spec.maxReplicas: Required value: must be set and greater than 0",
                                "spec.maxReplicas: Invalid value: 0: must be greater than or equal to `minReplicas`",
                                "spec.metrics[0].resource.target.type: Invalid value: \"Share\": must be either"
                                        + " Utilization, Value, or AverageValue",
                                "spec.metrics[0].resource.target.averageUtilization: Invalid value: 0: must be greater"
                                        + " than 0",
                                "spec.metrics[1].pods.metric.name: Required value: must specify a metric name",
                                "spec.metrics[1].pods.target.averageValue: Required value: must specify a positive"
                                        + " target averageValue",
                                "spec.behavior.scaleUp.tolerance: Invalid value: \"-1\": must be greater than or equal"
                                        + " to 0")));
    }

    @ParameterizedTest
    @MethodSource("creates")
    void saysWhatIsWrong(CreateCase one) {
        one.check();
    }

    @Test
    void whatIsScaledKeepsAVersionWithoutGroup() {
        RulesHarness<?> scalers = new RulesHarness<>(new HorizontalPodAutoscalerKind());
        String old = object(META, "'scaleTargetRef':{'kind':'Deployment','name':'a'},'maxReplicas':2");
        assertEquals(List.of(), scalers.update(old.replace("'name':'a'},'max", "'name':'b'},'max"), old));
        assertEquals(
                1,
                scalers.update(old.replace("'Deployment'", "'StatefulSet'"), old)
                        .size());
    }
}
