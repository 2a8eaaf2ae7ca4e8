package io.gantry.e2e.conformance;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.List;
import org.junit.jupiter.api.DynamicTest;

/// Whose `/etc/hosts` the kubelet keeps: not that of a container that mounts one itself, nor that of the host network.
final class HostsFiles implements Scenario {
    private static final String MANAGED = "# Kubernetes-managed hosts file";

    @Override
    public void start(Scene scene) {
        String own = "'volumeMounts':[{'name':'host','mountPath':'/etc/hosts'}]";
        scene.create(List.of(
                Scene.pod(
                        "hosts",
                        "",
                        "'volumes':[{'name':'host','hostPath':{'path':'/etc/hosts','type':'File'}}],'containers':["
                                + Scene.shell("one", "sleep 600", "") + "," + Scene.shell("two", "sleep 600", "") + ","
                                + Scene.shell("own", "sleep 600", own) + "]"),
                Scene.pod(
                        "hosts-of-host",
                        "",
                        "'hostNetwork':true,'containers':[" + Scene.shell("one", "sleep 600", "") + "]")));
    }

    @Override
    public List<DynamicTest> behaviours(Scene scene) {
        return List.of(dynamicTest("Kubelet, managed etc hosts", () -> {
            scene.awaitReady("hosts");
            scene.awaitReady("hosts-of-host");
            assertTrue(hosts(scene, "hosts", "one").contains(MANAGED));
            assertTrue(hosts(scene, "hosts", "two").contains(MANAGED));
            assertFalse(hosts(scene, "hosts", "own").contains(MANAGED));
            String ofHost = hosts(scene, "hosts-of-host", "one");
            assertTrue(ofHost.contains("localhost"), ofHost);
            assertFalse(ofHost.contains("hosts-of-host"), ofHost);
        }));
    }

    private static String hosts(Scene scene, String pod, String container) {
        return scene.must("exec", pod, "-c", container, "--", "cat", "/etc/hosts");
    }
}
