package io.gantry.e2e.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.gantry.e2e.machine.Host;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;

/// Who sees what somebody mounts below the kubelet's folder: what drivers of storage that run in containers live by.
final class MountPropagation implements Scenario {
    private static final String FOLDER = "mount-propagation";
    private static final String TMPFS = "mount -t tmpfs tmpfs %1$s && touch %1$s/file";
    private static final String SEEN = "ls -d /mnt/*/file 2>/dev/null | cut -d/ -f3 | sort | tr \"\\n\" \" \"";

    @Override
    public void start(Scene scene) {
        scene.create(List.of(
                pod("propagation-both", "Bidirectional"),
                pod("propagation-host", "HostToContainer"),
                pod("propagation-none", "None")));
    }

    private static String pod(String name, String propagation) {
        return Scene.pod(
                name,
                "",
                "'volumes':[{'name':'v','hostPath':{'path':'/var/lib/kubelet/" + FOLDER
                        + "','type':'DirectoryOrCreate'}}],'containers':["
                        + Scene.shell(
                                "c",
                                "sleep 600",
                                "'securityContext':{'privileged':true},'volumeMounts':[{'name':'v','mountPath':'/mnt',"
                                        + "'mountPropagation':'" + propagation + "'}]")
                        + "]");
    }

    @Override
    public List<DynamicTest> behaviours(Scene scene) {
        return List.of(dynamicTest("mounts reach whom their propagation says", () -> everybody(scene)));
    }

    private static void everybody(Scene scene) throws Exception {
        Path host = scene.cluster().data().resolve("kubelet").resolve(FOLDER);
        for (String pod : List.of("propagation-both", "propagation-host", "propagation-none")) {
            scene.awaitRunning(pod);
        }
        for (String pod : List.of("both", "host", "none", "node")) {
            Files.createDirectories(host.resolve(pod));
        }
        try {
            for (String pod : List.of("both", "host", "none")) {
                scene.exec("propagation-" + pod, TMPFS.formatted("/mnt/" + pod));
            }
            Host.must("sh", "-c", TMPFS.formatted(host.resolve("node")));
            assertEquals("both node", scene.exec("propagation-both", SEEN).strip());
            assertEquals("both host node", scene.exec("propagation-host", SEEN).strip());
            assertEquals("none", scene.exec("propagation-none", SEEN).strip());
            assertEquals(
                    List.of(true, false, false, true),
                    List.of("both", "host", "none", "node").stream()
                            .map(name -> Files.exists(host.resolve(name).resolve("file")))
                            .toList());
        } finally {
            for (String mount : List.of("both", "node")) {
                Host.run(
                        Duration.ofSeconds(10),
                        Map.of(),
                        "",
                        List.of("umount", host.resolve(mount).toString()));
            }
        }
    }
}
