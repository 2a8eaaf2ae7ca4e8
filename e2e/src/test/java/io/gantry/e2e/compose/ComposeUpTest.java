package io.gantry.e2e.compose;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.e2e.cluster.SharedCluster;
import io.gantry.e2e.cluster.TestCluster;
import io.gantry.e2e.kubectl.Kubectl;
import io.gantry.e2e.machine.Host;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A Compose application on the real cluster: published port, names, a volume whose content outlives its container.
@Order(4)
@SharedCluster
class ComposeUpTest {
    private static final String FILE = """
            services:
              web:
                image: %s
                ports: ["8099:80"]
                depends_on: [notes]
              notes:
                image: %s
                command: [sh, -c, "date +%%N >> /notes/starts; exec httpd -f -p 8000 -h /notes"]
                volumes: ["my_notes:/notes"]
                stop_grace_period: 1s
            volumes:
              my_notes:
            """;

    @TempDir
    private Path folder;

    @Test
    void anApplicationComesKeepsItsDataAndGoes(TestCluster cluster) throws Exception {
        Path file = Files.writeString(
                folder.resolve("compose.yaml"), FILE.formatted(TestCluster.NGINX, TestCluster.BUSYBOX));
        Kubectl kubectl = cluster.kubectl();
        up(cluster, file);
        String page = "http://" + cluster.machine().address() + ":8099/";
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertTrue(cluster.machine()
                        .run(Duration.ofSeconds(5), Map.of(), "", "curl", "-sf", "-m", "2", page)
                        .out()
                        .contains("nginx")));
        String claim = kubectl.must("get", "pvc", "my-notes", "-n", "shop", "-o", "jsonpath={.status.phase}");
        assertEquals("Bound", claim);
        int before = starts(kubectl);
        assertTrue(before > 0, "the volume holds what the container wrote");

        kubectl.must("delete", "pod", "-n", "shop", "-l", "compose.gantry.io/service=notes");
        up(cluster, file);
        assertTrue(starts(kubectl) > before, "the volume is the same after the pod was replaced");

        Host.Result down = cluster.gantry("compose", "down", "-p", "shop", file.toString());
        down.ok(List.of("compose", "down"));
        assertEquals("", kubectl.must("get", "deployments,services", "-n", "shop", "-o", "name"));
        assertEquals("persistentvolumeclaim/my-notes", kubectl.must("get", "pvc", "-n", "shop", "-o", "name"));
        cluster.gantry("compose", "down", "-v", "-p", "shop", file.toString()).ok(List.of("compose", "down"));
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertEquals("", kubectl.must("get", "pvc", "-n", "shop", "-o", "name")));
        kubectl.must("delete", "namespace", "shop", "--wait=false");
    }

    private static void up(TestCluster cluster, Path file) {
        cluster.gantry("compose", "up", "-p", "shop", "--wait-timeout", "90", file.toString())
                .ok(List.of("compose", "up"));
    }

    /// Lines of the file on the volume, as another service reads them: by the service's name, at a port it did not
    /// list.
    private static int starts(Kubectl kubectl) {
        String text = kubectl.must(
                "exec", "-n", "shop", "deploy/notes", "--", "wget", "-q", "-O", "-", "http://notes:8000/starts");
        return (int) text.lines().count();
    }
}
