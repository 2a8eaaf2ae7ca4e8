package io.gantry.e2e.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.e2e.cluster.SharedCluster;
import io.gantry.e2e.cluster.TestCluster;
import io.gantry.e2e.kubectl.Kubectl;
import io.gantry.e2e.machine.Host;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/// The Java clients that people use, against real containers: commands, attach, port-forward, copies, logs,
/// informers, leader election. The programs are [Fabric8Program] and [OfficialProgram]; they run inside the machine's
/// network, where these tests do not.
@Order(5)
@SharedCluster
class JavaClientsTest {
    private static final String NAMESPACE = "java-clients";
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String POD = """
            apiVersion: v1
            kind: Pod
            metadata: {name: two, labels: {app: two}}
            spec:
              terminationGracePeriodSeconds: 0
              containers:
              - name: a
                image: IMAGE
                command: [sh, -c, "echo out-a; while true; do echo tick; sleep 1; done"]
              - name: b
                image: IMAGE
                command: [sh, -c, "mkdir -p /www; echo page > /www/index.html; exec httpd -f -p 8080 -h /www"]
            """;

    @Test
    void everyCallOfTheJavaClientsWorks(TestCluster cluster) {
        Kubectl kubectl = cluster.kubectl();
        kubectl.inNewNamespace(NAMESPACE);
        kubectl.mustWith(POD.replace("IMAGE", TestCluster.BUSYBOX), "create", "-n", NAMESPACE, "-f", "-");
        kubectl.must("wait", "-n", NAMESPACE, "--for=condition=Ready", "pod/two", "--timeout=60s");
        run(cluster, Fabric8Program.class);
        run(cluster, OfficialProgram.class);
        kubectl.must("delete", "namespace", NAMESPACE, "--wait=false");
    }

    private static void run(TestCluster cluster, Class<?> program) {
        Host.Result result = cluster.machine()
                .run(
                        LIMIT,
                        Map.of("KUBECONFIG", cluster.kubeconfig().toString()),
                        "",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        program.getName(),
                        cluster.kubeconfig().toString(),
                        NAMESPACE);
        assertEquals(0, result.code(), result::all);
    }
}
