package io.gantry.testing;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.gantry.client.ApiClient;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.util.ClientBuilder;
import io.kubernetes.client.util.KubeConfig;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// The cluster in this JVM, used as its users use it.
@Gantry(nodes = 2)
class GantryClusterTest {
    @Test
    void aDeploymentOfAStrangersClientBecomesReady(
            @FromGantry(FromGantry.Value.KUBECONFIG) String kubeconfig,
            @FromGantry(FromGantry.Value.NAMESPACE) String namespace) {
        try (KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig))
                .build()) {
            client.apps()
                    .deployments()
                    .inNamespace(namespace)
                    .resource(new io.fabric8.kubernetes.api.model.apps.DeploymentBuilder()
                            .withNewMetadata()
                            .withName("web")
                            .endMetadata()
                            .withNewSpec()
                            .withReplicas(3)
                            .withNewSelector()
                            .withMatchLabels(Map.of("app", "web"))
                            .endSelector()
                            .withNewTemplate()
                            .withNewMetadata()
                            .withLabels(Map.of("app", "web"))
                            .endMetadata()
                            .withNewSpec()
                            .addNewContainer()
                            .withName("web")
                            .withImage("nginx")
                            .endContainer()
                            .endSpec()
                            .endTemplate()
                            .endSpec()
                            .build())
                    .create();
            client.apps().deployments().inNamespace(namespace).withName("web").waitUntilReady(20, TimeUnit.SECONDS);
            assertEquals(
                    3, client.pods().inNamespace(namespace).list().getItems().size());
        }
    }

    @Test
    void theOfficialClientConnects(@FromGantry(FromGantry.Value.KUBECONFIG) String kubeconfig) throws Exception {
        CoreV1Api api = new CoreV1Api(ClientBuilder.kubeconfig(KubeConfig.loadKubeConfig(new StringReader(kubeconfig)))
                .build());
        assertTrue(api.listNode().execute().getItems().stream()
                .allMatch(node -> node.getMetadata().getName().startsWith("node-")));
    }

    @Test
    void parametersAreThoseOfTheCluster(
            GantryCluster cluster,
            ApiClient client,
            @FromGantry(FromGantry.Value.KUBECONFIG) Path file,
            @FromGantry(FromGantry.Value.SERVER) String server)
            throws Exception {
        assertEquals(cluster.client(), client);
        assertTrue(Files.readString(file).contains(server));
        assertTrue(server.startsWith("https://127.0.0.1:"));
    }

    /// The second start in a JVM, which has loaded the classes; the limit is far off the usual time, for
    /// busy machines.
    @Test
    void startsQuicklyOnceWarm() {
        GantryCluster.start().close();
        long began = System.nanoTime();
        try (GantryCluster second = GantryCluster.start()) {
            long millis = Duration.ofNanos(System.nanoTime() - began).toMillis();
            System.out.println("warm start of a cluster with one node: " + millis + " ms");
            assertTrue(millis < 5_000, millis + " ms");
            try (GantryCluster third =
                    GantryCluster.start(ClusterOptions.defaults().apiServerOnly())) {
                assertNotEquals(second.server(), third.server());
                await().until(() -> third.client().rawText("/readyz").equals("ok"));
            }
        }
    }
}
