package io.gantry.apiserver;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.gantry.store.memory.MemoryStore;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Secret;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Clients that nobody here wrote.
class StrangersTest {
    private static final MemoryStore STORE = new MemoryStore();
    private static ApiServer server;
    private static KubernetesClient fabric;
    private static ApiClient official;

    @BeforeAll
    static void start() throws Exception {
        server = ApiServer.start(ServerConfig.local(STORE), objects -> Security.none());
        String url = "http://127.0.0.1:" + server.address().getPort();
        Config config = new ConfigBuilder(Config.empty()).withMasterUrl(url).build();
        fabric = new KubernetesClientBuilder().withConfig(config).build();
        official = new ApiClient().setBasePath(url);
    }

    @AfterAll
    static void stop() {
        fabric.close();
        server.close();
        STORE.close();
    }

    private static ConfigMap map(String name, String... data) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .endMetadata()
                .withData(data.length == 0 ? Map.of() : Map.of(data[0], data[1]))
                .build();
    }

    private static Deployment deployment(String name, int replicas) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
                .withNewSelector()
                .addToMatchLabels("app", name)
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .addToLabels("app", name)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("c")
                .withImage("nginx:1.21")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }

    @Test
    void fabricAppliesServerSideAndConflicts() {
        ConfigMap applied =
                fabric.resource(map("applied", "a", "1")).fieldManager("one").serverSideApply();
        assertEquals("1", applied.getData().get("a"));
        KubernetesClientException conflict = assertThrows(
                KubernetesClientException.class,
                () -> fabric.configMaps()
                        .inNamespace("default")
                        .resource(map("applied", "a", "2"))
                        .patch(new PatchContext.Builder()
                                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                                .withFieldManager("two")
                                .withForce(false)
                                .build()));
        assertEquals(409, conflict.getCode());
        assertEquals(
                "FieldManagerConflict",
                conflict.getStatus().getDetails().getCauses().getFirst().getReason());
    }

    @Test
    void fabricScalesAndReadsDefaults() {
        fabric.resource(deployment("web", 2)).create();
        fabric.apps().deployments().inNamespace("default").withName("web").scale(5, false);
        Deployment read = fabric.apps()
                .deployments()
                .inNamespace("default")
                .withName("web")
                .get();
        assertEquals(5, read.getSpec().getReplicas());
        assertEquals(2L, read.getMetadata().getGeneration());
        assertEquals("RollingUpdate", read.getSpec().getStrategy().getType());
        Deployment edited = fabric.apps()
                .deployments()
                .inNamespace("default")
                .withName("web")
                .edit(d -> new DeploymentBuilder(d)
                        .editMetadata()
                        .addToAnnotations("a", "b")
                        .endMetadata()
                        .build());
        assertEquals("b", edited.getMetadata().getAnnotations().get("a"));
    }

    @Test
    void fabricWatchesAndInforms() {
        List<String> seen = new CopyOnWriteArrayList<>();
        fabric.configMaps().inNamespace("default").withName("watched").watch(new Watcher<>() {
            @Override
            public void eventReceived(Action action, ConfigMap resource) {
                seen.add(action.name());
            }

            @Override
            public void onClose(WatcherException cause) {}
        });
        try (SharedIndexInformer<ConfigMap> informer =
                fabric.configMaps().inNamespace("default").inform()) {
            fabric.resource(map("watched")).create();
            fabric.configMaps().inNamespace("default").withName("watched").delete();
            await().until(() -> seen.equals(List.of("ADDED", "DELETED")));
            fabric.resource(map("informed")).create();
            await().until(() -> informer.getIndexer().getByKey("default/informed") != null);
        }
    }

    @Test
    void aServiceGetsAndKeepsItsAddresses() {
        Service service = new ServiceBuilder()
                .withNewMetadata()
                .withName("s")
                .withNamespace("default")
                .endMetadata()
                .withNewSpec()
                .withType("NodePort")
                .addNewPort()
                .withPort(80)
                .endPort()
                .endSpec()
                .build();
        Service made = fabric.resource(service).create();
        String ip = made.getSpec().getClusterIP();
        assertTrue(ip.startsWith("10.96."), ip);
        Integer port = made.getSpec().getPorts().getFirst().getNodePort();
        assertNotNull(port);
        Service replaced = fabric.resource(service).update();
        assertEquals(ip, replaced.getSpec().getClusterIP());
        assertEquals(port, replaced.getSpec().getPorts().getFirst().getNodePort());
        Service taken = new ServiceBuilder(service)
                .editMetadata()
                .withName("thief")
                .endMetadata()
                .editSpec()
                .withClusterIP(ip)
                .endSpec()
                .build();
        assertEquals(
                422,
                assertThrows(
                                KubernetesClientException.class,
                                () -> fabric.resource(taken).create())
                        .getCode());
        fabric.resource(service).delete();
        assertEquals(ip, fabric.resource(taken).create().getSpec().getClusterIP());
    }

    @Test
    void aScheduledPodIsDeletedGracefullyAndAnUnscheduledOneAtOnce() {
        for (String name : List.of("free", "bound")) {
            fabric.resource(new PodBuilder()
                            .withNewMetadata()
                            .withName(name)
                            .withNamespace("default")
                            .endMetadata()
                            .withNewSpec()
                            .addNewContainer()
                            .withName("c")
                            .withImage("i")
                            .endContainer()
                            .endSpec()
                            .build())
                    .create();
        }
        fabric.bindings()
                .inNamespace("default")
                .resource(new io.fabric8.kubernetes.api.model.BindingBuilder()
                        .withNewMetadata()
                        .withName("bound")
                        .endMetadata()
                        .withNewTarget()
                        .withKind("Node")
                        .withName("n1")
                        .endTarget()
                        .build())
                .create();
        var pods = fabric.pods().inNamespace("default");
        assertEquals("n1", pods.withName("bound").get().getSpec().getNodeName());
        pods.withName("free").delete();
        assertNull(pods.withName("free").get());
        pods.withName("bound").delete();
        assertNotNull(pods.withName("bound").get().getMetadata().getDeletionTimestamp());
        pods.withName("bound").withGracePeriod(0).delete();
        assertNull(pods.withName("bound").get());
    }

    @Test
    void aNamespaceWaitsForItsFinalizer() {
        fabric.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("leaving")
                        .endMetadata()
                        .build())
                .create();
        var read = fabric.namespaces().withName("leaving");
        assertEquals("leaving", read.get().getMetadata().getLabels().get("kubernetes.io/metadata.name"));
        read.delete();
        assertEquals("Terminating", read.get().getStatus().getPhase());
    }

    @Test
    void officialClientCreatesReadsAndConflicts() throws Exception {
        CoreV1Api api = new CoreV1Api(official);
        V1Secret secret = new V1Secret()
                .metadata(new V1ObjectMeta().generateName("token-").namespace("default"))
                .putStringDataItem("k", "v");
        V1Secret made = api.createNamespacedSecret("default", secret).execute();
        String name = made.getMetadata().getName();
        assertTrue(name.startsWith("token-") && name.length() == 11, name);
        V1Secret read = api.readNamespacedSecret(name, "default").execute();
        assertEquals("v", new String(read.getData().get("k"), StandardCharsets.UTF_8));
        api.replaceNamespacedSecret(name, "default", read.putStringDataItem("k", "w"))
                .execute();
        ApiException stale = assertThrows(
                ApiException.class,
                () -> api.replaceNamespacedSecret(name, "default", made).execute());
        assertEquals(409, stale.getCode());
        assertFalse(api.listNamespacedSecret("default").execute().getItems().isEmpty());
        api.deleteNamespacedSecret(name, "default").execute();
        assertEquals(
                404,
                assertThrows(
                                ApiException.class,
                                () -> api.readNamespacedSecret(name, "default").execute())
                        .getCode());
    }
}
