package io.gantry.e2e.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.List;
import org.junit.jupiter.api.DynamicTest;

/// Pods that name a RuntimeClass.
final class RuntimeClasses implements Scenario {
    private static final List<String> CLASSES = List.of("live-runc", "live-overhead", "live-deleted", "live-unknown");

    @Override
    public void start(Scene scene) {
        CLASSES.forEach(name -> scene.run("delete", "runtimeclass", name, "--ignore-not-found"));
        scene.create(List.of(
                runtimeClass("live-runc", "runc", ""),
                runtimeClass("live-deleted", "runc", ""),
                runtimeClass("live-unknown", "no-such-handler", ""),
                runtimeClass("live-overhead", "runc", ",'overhead':{'podFixed':{'cpu':'10m','memory':'8Mi'}}")));
        scene.must("delete", "runtimeclass", "live-deleted");
        scene.create(
                List.of(
                        pod("of-class", "live-runc", ""),
                        pod("of-unknown", "live-unknown", ""),
                        pod(
                                "with-overhead",
                                "live-overhead",
                                "'resources':{'requests':{'cpu':'20m','memory':'8Mi'},'limits':{'cpu':'20m','memory':'8Mi'}}")));
    }

    private static String runtimeClass(String name, String handler, String more) {
        return Scene.json("{'apiVersion':'node.k8s.io/v1','kind':'RuntimeClass','metadata':{'name':'" + name
                + "'},'handler':'" + handler + "'" + more + "}");
    }

    private static String pod(String name, String runtimeClass, String container) {
        return Scene.pod(
                name,
                "",
                "'runtimeClassName':'" + runtimeClass + "','containers':[" + Scene.shell("c", "sleep 600", container)
                        + "]");
    }

    @Override
    public List<DynamicTest> behaviours(Scene scene) {
        return List.of(
                dynamicTest("Can schedule a pod requesting existing RuntimeClass.", () -> {
                    scene.awaitRunning("of-class");
                    assertEquals("", scene.field("of-class", ".spec.overhead"));
                    scene.awaitPart(
                            "the handler is asked for",
                            () -> scene.must("get", "events", "--field-selector=involvedObject.name=of-unknown"),
                            "no-such-handler");
                }),
                dynamicTest("Pod with the deleted RuntimeClass is rejected.", () -> rejected(scene, "live-deleted")),
                dynamicTest("Pod with the non-existing RuntimeClass is rejected.", () -> rejected(scene, "never-was")),
                dynamicTest("RuntimeClass Overhead field must be respected.", () -> overhead(scene)));
    }

    private static void rejected(Scene scene, String runtimeClass) {
        String said = scene.refused(pod("rejected", runtimeClass, ""), "create", "-f", "-");
        assertTrue(said.contains("RuntimeClass \"" + runtimeClass + "\" not found"), said);
    }

    /// Overhead counts where pods are placed and in the pod's own cgroup.
    private static void overhead(Scene scene) {
        scene.awaitRunning("with-overhead");
        assertEquals("10m 8Mi", scene.field("with-overhead", ".spec.overhead.cpu} {.spec.overhead.memory"));
        String node = scene.field("with-overhead", ".spec.nodeName");
        String described = scene.kubectl().must("describe", "node", node);
        String line = described
                .lines()
                .filter(l -> l.contains("with-overhead"))
                .findFirst()
                .orElse("");
        assertTrue(line.contains("30m (") && line.contains("16Mi ("), described);
        CLASSES.forEach(name -> scene.must("delete", "runtimeclass", name, "--ignore-not-found"));
    }
}
