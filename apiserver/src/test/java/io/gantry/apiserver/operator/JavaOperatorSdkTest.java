package io.gantry.apiserver.operator;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.gantry.apiserver.LocalServer;
import io.javaoperatorsdk.operator.Operator;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// An operator of the Java Operator SDK, unchanged: finalizer, server-side apply, status, secondary resources, cleanup.
class JavaOperatorSdkTest {
    private static LocalServer server;
    private static KubernetesClient client;

    @BeforeAll
    static void start() throws Exception {
        server = new LocalServer();
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl(server.uri("").toString())
                .build();
        client = new KubernetesClientBuilder().withConfig(config).build();
        client.resource(definition()).create();
        client.resource(definition())
                .waitUntilCondition(
                        d -> d != null
                                && d.getStatus() != null
                                && d.getStatus().getConditions().stream()
                                        .anyMatch(c -> c.getType().equals("Established")
                                                && c.getStatus().equals("True")),
                        10,
                        TimeUnit.SECONDS);
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    private static CustomResourceDefinition definition() {
        return new CustomResourceDefinitionBuilder()
                .withNewMetadata()
                .withName("webpages.sample.example.com")
                .endMetadata()
                .withNewSpec()
                .withGroup("sample.example.com")
                .withScope("Namespaced")
                .withNewNames()
                .withKind("WebPage")
                .withPlural("webpages")
                .withSingular("webpage")
                .withShortNames("wp")
                .endNames()
                .addNewVersion()
                .withName("v1")
                .withServed(true)
                .withStorage(true)
                .withNewSubresources()
                .withNewStatus()
                .endStatus()
                .endSubresources()
                .withNewSchema()
                .withNewOpenAPIV3Schema()
                .withType("object")
                .addToProperties("spec", object("html"))
                .addToProperties("status", object("published"))
                .endOpenAPIV3Schema()
                .endSchema()
                .endVersion()
                .endSpec()
                .build();
    }

    private static JSONSchemaProps object(String field) {
        return new JSONSchemaPropsBuilder()
                .withType("object")
                .addToProperties(
                        field, new JSONSchemaPropsBuilder().withType("string").build())
                .build();
    }

    private static String html(String name) {
        ConfigMap map =
                client.configMaps().inNamespace("default").withName(name).get();
        return map == null ? "" : map.getData().get("index.html");
    }

    @Test
    void aPageIsPublishedRepairedChangedAndCleanedUp() {
        WebPageReconciler reconciler = new WebPageReconciler();
        Operator operator = new Operator(o -> o.withKubernetesClient(client).withCloseClientOnStop(false));
        operator.register(reconciler);
        operator.start();
        try {
            WebPage page = new WebPage();
            page.getMetadata().setName("home");
            page.getMetadata().setNamespace("default");
            page.setSpec(new WebPage.Spec());
            page.getSpec().setHtml("one");
            client.resource(page).create();
            await().until(() -> html("home").equals("one"));
            await().until(() -> {
                WebPage read = client.resource(page).get();
                return read.getStatus() != null
                        && read.getStatus().getPublished().equals("one");
            });
            assertTrue(
                    client.resource(page).get().getMetadata().getFinalizers().contains("sample.example.com/finalizer"));
            client.configMaps().inNamespace("default").withName("home").delete();
            await().until(() -> html("home").equals("one"));
            client.resource(page).edit(p -> {
                p.getSpec().setHtml("two");
                return p;
            });
            await().until(() -> html("home").equals("two"));
            client.resource(page).delete();
            await().until(() -> client.resource(page).get() == null);
            assertEquals(1, reconciler.cleaned());
        } finally {
            operator.stop();
        }
    }
}
