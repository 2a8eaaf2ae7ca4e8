package io.gantry.e2e.conformance;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;

/// A busy pod is measured, and its autoscaler gives it a second one. It may use little, so that others are not slowed.
final class Autoscaling implements Scenario {
    private static final Pattern USE = Pattern.compile("busy-\\S+ +c +(\\d+)m +(\\d+)Mi");
    private static final int LIMIT_MILLIS = 60;

    @Override
    public void start(Scene scene) {
        String container = Scene.shell(
                "c",
                "while :; do :; done",
                "'resources':{'requests':{'cpu':'10m'},'limits':{'cpu':'" + LIMIT_MILLIS + "m'}}");
        scene.create(List.of(
                Scene.json("{'apiVersion':'apps/v1','kind':'Deployment','metadata':{'name':'busy'},'spec':{"
                        + "'selector':{'matchLabels':{'app':'busy'}},'template':{'metadata':{'labels':{'app':'busy'}},"
                        + "'spec':{'terminationGracePeriodSeconds':0,'containers':[" + container + "]}}}}"),
                Scene.json("{'apiVersion':'autoscaling/v1','kind':'HorizontalPodAutoscaler','metadata':{'name':'busy'},"
                        + "'spec':{'maxReplicas':2,'targetCPUUtilizationPercentage':50,"
                        + "'scaleTargetRef':{'apiVersion':'apps/v1','kind':'Deployment','name':'busy'}}}")));
    }

    @Override
    public List<DynamicTest> behaviours(Scene scene) {
        return List.of(
                dynamicTest("kubectl top tells what pods and nodes use", () -> measured(scene)),
                dynamicTest("HorizontalPodAutoscaler scales a busy Deployment up", () -> scaled(scene)));
    }

    private static void measured(Scene scene) {
        scene.awaitPart(
                "what the busy pod uses",
                () -> scene.run("top", "pods", "-l", "app=busy", "--containers").all(),
                "busy-");
        String top = scene.must("top", "pods", "-l", "app=busy", "--containers");
        Matcher use = USE.matcher(top);
        assertTrue(use.find(), top);
        int millis = Integer.parseInt(use.group(1));
        assertTrue(millis > 0 && millis <= 2 * LIMIT_MILLIS, top);
        String nodes = scene.must("top", "nodes");
        assertTrue(
                Pattern.compile("\\S+ +[1-9]\\d*m +\\d+% +[1-9]\\d*Mi +\\d+%")
                        .matcher(nodes)
                        .find(),
                nodes);
    }

    private static void scaled(Scene scene) {
        scene.await(
                "two replicas",
                () -> scene.must("get", "deployment", "busy", "-o", "jsonpath={.status.replicas}"),
                "2");
        scene.awaitPart(
                "the event",
                () -> scene.must("describe", "hpa", "busy"),
                "New size: 2; reason: cpu resource utilization (percentage of request) above target");
        scene.must("delete", "hpa,deployment", "busy");
    }
}
