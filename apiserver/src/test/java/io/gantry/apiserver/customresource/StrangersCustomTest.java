package io.gantry.apiserver.customresource;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.kubernetes.client.informer.SharedInformerFactory;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.apis.CustomObjectsApi;
import io.kubernetes.client.util.generic.dynamic.DynamicKubernetesApi;
import io.kubernetes.client.util.generic.dynamic.DynamicKubernetesObject;
import io.kubernetes.client.util.generic.options.ListOptions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Custom resources with clients that nobody here wrote.
class StrangersCustomTest {
    private static final String GROUP = "db.example.com";
    private static final String KIND = "PostgresqlDatabase";
    private static CrdServer server;
    private static KubernetesClient fabric;
    private static ApiClient official;

    @BeforeAll
    static void start() throws Exception {
        server = new CrdServer();
        Config config =
                new ConfigBuilder(Config.empty()).withMasterUrl(server.url()).build();
        fabric = new KubernetesClientBuilder().withConfig(config).build();
        official = new ApiClient().setBasePath(server.url()).setReadTimeout(0);
        try (var in = StrangersCustomTest.class.getResourceAsStream("/crds/postgresqldatabases.yaml")) {
            CustomResourceDefinition definition = fabric.apiextensions()
                    .v1()
                    .customResourceDefinitions()
                    .load(in)
                    .item();
            fabric.resource(definition).create();
            fabric.resource(definition)
                    .waitUntilCondition(
                            d -> d != null
                                    && d.getStatus() != null
                                    && d.getStatus().getConditions().stream()
                                            .anyMatch(c -> c.getType().equals("Established")
                                                    && c.getStatus().equals("True")),
                            5,
                            TimeUnit.SECONDS);
        }
    }

    @AfterAll
    static void stop() {
        fabric.close();
        server.close();
    }

    private static MixedOperation<
                    GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>>
            databases() {
        return fabric.genericKubernetesResources(new CustomResourceDefinitionContext.Builder()
                .withGroup(GROUP)
                .withVersion("v1")
                .withKind(KIND)
                .withPlural("postgresqldatabases")
                .withScope("Namespaced")
                .build());
    }

    private static GenericKubernetesResource database(String name, String engine) {
        GenericKubernetesResource database = new GenericKubernetesResource();
        database.setApiVersion(GROUP + "/v1");
        database.setKind(KIND);
        database.setMetadata(
                new ObjectMetaBuilder().withName(name).withNamespace("default").build());
        database.setAdditionalProperty("spec", Map.of("engine", engine));
        return database;
    }

    @Test
    void fabricWritesPatchesScalesAndInforms() {
        try (SharedIndexInformer<GenericKubernetesResource> informer =
                databases().inNamespace("default").inform()) {
            fabric.resource(database("one", "16")).create();
            assertThrows(
                    KubernetesClientException.class,
                    () -> fabric.resource(database("bad", "1")).create());
            await().until(() -> informer.getIndexer().getByKey("default/one") != null);
            Resource<GenericKubernetesResource> one =
                    databases().inNamespace("default").withName("one");
            one.edit(d -> {
                d.setAdditionalProperty("spec", Map.of("engine", "15", "replicas", 2));
                return d;
            });
            GenericKubernetesResource status = one.editStatus(d -> {
                d.setAdditionalProperty("status", Map.of("replicas", 1));
                return d;
            });
            assertEquals(Integer.valueOf(1), status.get("status", "replicas"));
            one.scale(4);
            GenericKubernetesResource read = one.get();
            assertEquals(Integer.valueOf(4), read.get("spec", "replicas"));
            assertEquals(3L, read.getMetadata().getGeneration());
            GenericKubernetesResource applied = database("one", "14");
            fabric.resource(applied).fieldManager("fabric").forceConflicts().serverSideApply();
            assertEquals("14", one.get().get("spec", "engine"));
            assertEquals(
                    1,
                    databases()
                            .inNamespace("default")
                            .withField("spec.engine", "14")
                            .list()
                            .getItems()
                            .size());
            one.delete();
            await().until(() -> informer.getIndexer().getByKey("default/one") == null);
        }
    }

    @Test
    void theOfficialClientListsAndInforms() throws Exception {
        CustomObjectsApi api = new CustomObjectsApi(official);
        Object made = api.createNamespacedCustomObject(
                        GROUP,
                        "v1",
                        "default",
                        "postgresqldatabases",
                        Map.of(
                                "apiVersion",
                                GROUP + "/v1",
                                "kind",
                                KIND,
                                "metadata",
                                Map.of("name", "official"),
                                "spec",
                                Map.of("engine", "16")))
                .execute();
        assertNotNull(made);
        DynamicKubernetesApi dynamic = new DynamicKubernetesApi(GROUP, "v1", "postgresqldatabases", official);
        SharedInformerFactory factory = new SharedInformerFactory(official);
        var informer = factory.sharedIndexInformerFor(dynamic, DynamicKubernetesObject.class, 0);
        factory.startAllRegisteredInformers();
        await().atMost(Duration.ofSeconds(10)).until(() -> informer.getIndexer().getByKey("default/official") != null);
        assertTrue(dynamic.list("default", new ListOptions()).isSuccess());
        assertEquals(200, dynamic.delete("default", "official").getHttpStatusCode());
        await().atMost(Duration.ofSeconds(10)).until(() -> informer.getIndexer().getByKey("default/official") == null);
        factory.stopAllRegisteredInformers();
    }
}
