package io.gantry.e2e.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.gantry.e2e.cluster.TestCluster;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;

/// Pods from their creation to their end.
final class PodLives implements Scenario {
    @Override
    public void start(Scene scene) {
        scene.create(List.of(
                Scene.pod(
                        "init-always",
                        "",
                        "'initContainers':[" + Scene.shell("i1", "exit 0", "") + "," + Scene.shell("i2", "exit 0", "")
                                + "],'containers':[" + Scene.shell("c", "sleep 600", "") + "]"),
                Scene.shellPod("deadline-set", "sleep 600", ""),
                Scene.pod(
                        "whole-life",
                        "'labels':{'life':'whole'}",
                        "'terminationGracePeriodSeconds':3,'containers':[" + Scene.shell("c", "sleep 600", "") + "]"),
                Scene.shellPod("crashing", "exit 1", ""),
                Scene.pod(
                        "arguments",
                        "",
                        "'containers':[{'name':'c','image':'" + TestCluster.NGINX
                                + "','args':['-v']}],'restartPolicy':'Never'"),
                Scene.pod("image-default", "", "'containers':[{'name':'c','image':'" + TestCluster.NGINX + "'}]")));
    }

    @Override
    public List<DynamicTest> behaviours(Scene scene) {
        return List.of(
                dynamicTest("init-container-starts-app-restartalways-pod", () -> initialized(scene)),
                dynamicTest("Pods, ActiveDeadlineSeconds", () -> deadline(scene)),
                dynamicTest("Pods, assigned hostip", () -> hostIp(scene)),
                dynamicTest("Pods, update", () -> update(scene)),
                dynamicTest("Pods, completes the lifecycle of a Pod and the PodStatus", () -> status(scene)),
                dynamicTest("Pods, lifecycle", () -> deletion(scene)),
                dynamicTest("Kubelet, failed pod, delete", () -> crashing(scene)),
                dynamicTest("Containers, with arguments", () -> arguments(scene)),
                dynamicTest("Containers, without command and arguments", () -> imageDefault(scene)),
                dynamicTest("Sysctls, reject invalid sysctls", () -> sysctls(scene)),
                dynamicTest("Secrets, with empty-key", () -> emptyKey(scene)));
    }

    private static void initialized(Scene scene) {
        scene.awaitReady("init-always");
        String each = ".status.initContainerStatuses[*]";
        assertEquals("true true", scene.field("init-always", each + ".ready"));
        assertEquals("0 0", scene.field("init-always", each + ".state.terminated.exitCode"));
        assertEquals("0 0", scene.field("init-always", each + ".restartCount"));
        assertEquals("True", scene.field("init-always", ".status.conditions[?(@.type==\"Initialized\")].status"));
    }

    private static void deadline(Scene scene) {
        scene.awaitRunning("deadline-set");
        scene.must("patch", "pod", "deadline-set", "-p", "{\"spec\":{\"activeDeadlineSeconds\":2}}");
        scene.expect("deadline-set", ".status.reason", "DeadlineExceeded");
        assertEquals("Failed", scene.field("deadline-set", ".status.phase"));
    }

    private static void hostIp(Scene scene) {
        scene.awaitRunning("whole-life");
        String node = scene.field("whole-life", ".spec.nodeName");
        assertEquals(
                scene.must(
                        "get", "node", node, "-o", "jsonpath={.status.addresses[?(@.type==\"InternalIP\")].address}"),
                scene.field("whole-life", ".status.hostIP"));
    }

    private static void update(Scene scene) {
        scene.must("label", "pod", "whole-life", "time=changed");
        assertEquals("pod/whole-life", scene.must("get", "pods", "-l", "time=changed", "-o", "name"));
    }

    /// What a client writes into the status stays until the kubelet finds otherwise.
    private static void status(Scene scene) {
        scene.awaitReady("whole-life");
        scene.must(
                "patch",
                "pod",
                "whole-life",
                "--subresource=status",
                "-p",
                "{\"status\":{\"conditions\":[{\"type\":\"example.com/mine\",\"status\":\"True\"}]}}");
        assertEquals("True", scene.field("whole-life", ".status.conditions[?(@.type==\"example.com/mine\")].status"));
        assertEquals("True", scene.field("whole-life", ".status.conditions[?(@.type==\"Ready\")].status"));
    }

    private static void deletion(Scene scene) {
        scene.awaitRunning("whole-life");
        scene.must("delete", "pod", "whole-life", "--wait=false");
        assertFalse(scene.field("whole-life", ".metadata.deletionTimestamp").isEmpty());
        assertEquals("3", scene.field("whole-life", ".metadata.deletionGracePeriodSeconds"));
        scene.await("the end", () -> scene.must("get", "pods", "-l", "life=whole", "-o", "name"), "");
    }

    private static void crashing(Scene scene) {
        scene.awaitPart(
                "it crashes",
                () -> scene.field("crashing", ".status.containerStatuses[0].state.waiting.reason"),
                "CrashLoopBackOff");
        scene.must("delete", "pod", "crashing", "--timeout=60s");
        assertEquals("", scene.field("crashing", ".metadata.name"));
    }

    private static void arguments(Scene scene) {
        scene.expect("arguments", ".status.phase", "Succeeded");
        String log = scene.must("logs", "arguments");
        assertTrue(log.contains("nginx version"), log);
    }

    private static void imageDefault(Scene scene) {
        scene.awaitReady("image-default");
        assertTrue(scene.exec("image-default", "cat /proc/1/cmdline | tr '\\000' ' '")
                .contains("nginx"));
    }

    private static void sysctls(Scene scene) {
        String named = "{'name':'%s','value':'1'}";
        String pod = Scene.pod(
                "bad-sysctls",
                "",
                "'securityContext':{'sysctls':[" + named.formatted("foo-") + "," + named.formatted("kernel.shmmax")
                        + ","
                        + named.formatted("safe-and-unsafe") + "," + named.formatted("bar..") + "]},'containers':["
                        + Scene.shell("c", "true", "") + "]");
        String said = scene.refused(pod, "create", "-f", "-");
        assertTrue(said.contains("Invalid value: \"foo-\"") && said.contains("Invalid value: \"bar..\""), said);
        assertFalse(said.contains("safe-and-unsafe") || said.contains("kernel.shmmax"), said);
    }

    private static void emptyKey(Scene scene) {
        String secret =
                Scene.json("{'apiVersion':'v1','kind':'Secret','metadata':{'name':'empty'},'data':{'':'dmFsdWU='}}");
        String said = scene.refused(secret, "create", "-f", "-");
        assertTrue(said.contains("data[]"), said);
    }
}
