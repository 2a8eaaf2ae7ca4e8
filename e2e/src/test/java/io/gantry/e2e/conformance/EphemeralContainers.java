package io.gantry.e2e.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.gantry.e2e.cluster.TestCluster;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;

/// Containers that join a running pod.
final class EphemeralContainers implements Scenario {
    private static final String POD = "target";

    @Override
    public void start(Scene scene) {
        scene.create(List.of(Scene.shellPod(POD, "sleep 600", "")));
    }

    @Override
    public List<DynamicTest> behaviours(Scene scene) {
        return List.of(
                dynamicTest("Ephemeral Container Creation", () -> created(scene)),
                dynamicTest("Ephemeral Container, update ephemeral containers", () -> updated(scene)));
    }

    private static void created(Scene scene) {
        scene.awaitRunning(POD);
        debug(scene, "debugger");
        String running = ".status.ephemeralContainerStatuses[?(@.name==\"debugger\")].state.running.startedAt";
        scene.awaitPart("it runs", () -> scene.field(POD, running), "T");
        assertEquals("marco", scene.must("exec", POD, "-c", "debugger", "--", "echo", "marco"));
        scene.awaitPart("its log", () -> scene.must("logs", POD, "-c", "debugger"), "polo");
        assertEquals("0", scene.field(POD, ".status.containerStatuses[0].restartCount"));
    }

    private static void debug(Scene scene, String name) {
        scene.must(
                "debug",
                POD,
                "--image=" + TestCluster.BUSYBOX,
                "--container=" + name,
                "--target=c",
                "--",
                "sh",
                "-c",
                "echo polo; sleep 600");
    }

    /// Others may be added, by a patch and by a replacement; none may be changed or removed.
    private static void updated(Scene scene) {
        debug(scene, "second");
        scene.awaitPart(
                "both run",
                () -> scene.field(POD, ".status.ephemeralContainerStatuses[?(@.name==\"second\")].state.running"),
                "startedAt");
        assertEquals("debugger second", scene.field(POD, ".spec.ephemeralContainers[*].name"));
        String path = "/api/v1/namespaces/" + scene.namespace() + "/pods/" + POD + "/ephemeralcontainers";
        String pod = scene.must("get", "--raw", path);
        String added = pod.replaceFirst(
                "\"ephemeralContainers\":\\[",
                "\"ephemeralContainers\":[{\"name\":\"third\",\"image\":\"" + TestCluster.BUSYBOX
                        + "\",\"command\":[\"true\"]},");
        scene.kubectl().mustWith(added, "replace", "--raw", path, "-f", "-");
        scene.awaitPart(
                "the third ends",
                () -> scene.field(POD, ".status.ephemeralContainerStatuses[?(@.name==\"third\")].state.terminated"),
                "Completed");
        scene.refused(
                "",
                "patch",
                "pod",
                POD,
                "--subresource=ephemeralcontainers",
                "--type=json",
                "-p",
                "[{\"op\":\"remove\",\"path\":\"/spec/ephemeralContainers/0\"}]");
    }
}
