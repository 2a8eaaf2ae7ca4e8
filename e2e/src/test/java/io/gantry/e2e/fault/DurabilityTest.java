package io.gantry.e2e.fault;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.StatusException;
import io.gantry.api.core.v1.configmap.ConfigMap;
import io.gantry.api.core.v1.configmap.ConfigMapBuilder;
import io.gantry.api.core.v1.configmap.ConfigMapKind;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.client.ApiClient;
import io.gantry.client.Kubeconfig;
import io.gantry.e2e.cluster.FaultyCluster;
import io.gantry.e2e.cluster.TestCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The API server is killed with -9 in a loop under writes: what it acknowledged is there afterwards.
@Order(9)
@FaultyCluster
class DurabilityTest {
    private static final int ROUNDS = 5;
    private static final long SEED = 20261121;

    @TempDir
    private Path folder;

    @Test
    void whatWasAcknowledgedSurvives(TestCluster cluster) throws Exception {
        cluster.kubectl().inNewNamespace("durable");
        System.out.println("seed " + SEED);
        Random random = new Random(SEED);
        Set<String> acknowledged = new TreeSet<>();
        for (int round = 0; round < ROUNDS; round++) {
            Path log = folder.resolve("acknowledged-" + round);
            Process writer = writer(cluster, log, round);
            try {
                int wanted = 20 + random.nextInt(200);
                await().atMost(Duration.ofSeconds(60))
                        .until(() ->
                                Files.exists(log) && Files.readAllLines(log).size() > wanted);
                ProcessHandle.of(cluster.pid("apiserver")).orElseThrow().destroyForcibly();
            } finally {
                writer.destroyForcibly().waitFor();
            }
            acknowledged.addAll(Files.readAllLines(log).stream()
                    .filter(line -> line.startsWith("r"))
                    .collect(Collectors.toSet()));
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> cluster.gantry("status").code() == 0);
        }
        Set<String> found = cluster.kubectl()
                .must("get", "configmaps", "-n", "durable", "-o", "jsonpath={.items[*].metadata.name}")
                .lines()
                .flatMap(line -> List.of(line.split(" ")).stream())
                .collect(Collectors.toSet());
        assertTrue(acknowledged.size() > 100, "only " + acknowledged.size() + " writes");
        Set<String> lost = new TreeSet<>(acknowledged);
        lost.removeAll(found);
        assertEquals(Set.of(), lost);
    }

    /// A process in the cluster's machine that creates ConfigMaps and prints each name once it was acknowledged.
    private static Process writer(TestCluster cluster, Path log, int round) throws Exception {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return new ProcessBuilder(cluster.machine()
                        .words(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-cp",
                                classPath,
                                Writer.class.getName(),
                                cluster.kubeconfig().toString(),
                                "r" + round))
                .redirectOutput(log.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /// The writer's main.
    public static final class Writer {
        private Writer() {}

        public static void main(String[] arguments) {
            var config = Kubeconfig.load(Path.of(arguments[0]));
            try (var client = ApiClient.connect(config)) {
                for (int i = 0; ; i++) {
                    String name = arguments[1] + "-" + i;
                    ConfigMap map = ConfigMapBuilder.builder()
                            .apiVersion("v1")
                            .kind("ConfigMap")
                            .metadata(ObjectMetaBuilder.builder()
                                    .namespace("durable")
                                    .name(name)
                                    .build())
                            .build();
                    client.resource(ConfigMapKind.KIND).create(map);
                    System.out.println(name);
                    System.out.flush();
                }
            } catch (StatusException e) {
                System.out.println("# ended: " + e.getMessage());
            }
        }
    }
}
