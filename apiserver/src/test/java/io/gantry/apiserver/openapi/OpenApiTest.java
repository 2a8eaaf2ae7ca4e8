package io.gantry.apiserver.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.api.kind.KindCatalog;
import io.gantry.api.kind.KindDefinition;
import io.gantry.apiserver.discovery.BuiltInDiscovery;
import io.gantry.apiserver.discovery.DiscoveryResource;
import io.gantry.apiserver.discovery.DiscoveryVersion;
import io.gantry.apiserver.negotiation.Document;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class OpenApiTest {
    private static final String POD = "io.k8s.api.core.v1.Pod";
    private static final OpenApi OPEN_API = openApi();

    private static OpenApi openApi() {
        List<DiscoveryVersion> versions = new ArrayList<>(BuiltInDiscovery.versions(KindCatalog.all()));
        DiscoveryResource widgets = new DiscoveryResource(
                "widgets", "widget", "Widget", true, KindDefinition.ALL_VERBS, List.of(), List.of(), "", List.of());
        versions.add(new DiscoveryVersion("example.com", "v1", List.of(widgets), true));
        DiscoveryResource pods = new DiscoveryResource(
                "pods", "pod", "Pod", true, KindDefinition.ALL_VERBS, List.of(), List.of(), "", List.of());
        versions.add(new DiscoveryVersion("core.api.k8s.io", "v1", List.of(pods), true));
        CustomDefinition otherPod = new CustomDefinition(
                "core.api.k8s.io", "v1", "pods", "Pod", "PodList", List.of(), SchemaText.of((ObjectNode)
                        Json.MAPPER.readTree(
                                "{\"type\":\"object\",\"properties\":{\"intruder\":{\"type\":\"boolean\"}}}")));
        ObjectNode schema = (ObjectNode) Json.MAPPER.readTree("""
            {"type":"object","properties":{"spec":{"type":"object","description":"what it is",
              "properties":{"size":{"type":"integer"},"any":{"x-kubernetes-preserve-unknown-fields":true,"type":"object"},
                "port":{"x-kubernetes-int-or-string":true,"anyOf":[{"type":"integer"},{"type":"string"}]}}}}}\
            """);
        CustomDefinition widget = new CustomDefinition(
                "example.com", "v1", "widgets", "Widget", "WidgetList", List.of(), SchemaText.of(schema));
        versions.add(new DiscoveryVersion("example.org", "v1", List.of(widgets), true));
        CustomDefinition otherWidget = new CustomDefinition(
                "example.org", "v1", "widgets", "Widget", "WidgetList", List.of(), SchemaText.of(schema));
        return new OpenApi(versions, KindCatalog.all(), List.of(widget, otherPod, otherWidget), "v1.36.0");
    }

    @Test
    void v2DescribesEveryKindOnce() {
        JsonNode document = json(get("/openapi/v2", "", "", ""));
        JsonNode pod = document.path("definitions").path(POD);
        assertEquals(
                "[{\"group\":\"\",\"kind\":\"Pod\",\"version\":\"v1\"}]",
                pod.path("x-kubernetes-group-version-kind").toString());
        JsonNode volumes = document.path("definitions")
                .path("io.k8s.api.core.v1.PodSpec")
                .path("properties")
                .path("volumes");
        assertEquals(
                "merge,retainKeys", volumes.path("x-kubernetes-patch-strategy").asString());
        assertEquals("name", volumes.path("x-kubernetes-patch-merge-key").asString());
        assertEquals("map", volumes.path("x-kubernetes-list-type").asString());
        assertFalse(volumes.path("description").asString("").isEmpty());
        JsonNode atomic = document.path("definitions").path("io.k8s.api.core.v1.LocalObjectReference");
        assertEquals("atomic", atomic.path("x-kubernetes-map-type").asString());
        JsonNode volume = document.at("/definitions/io.k8s.api.core.v1.PersistentVolumeSpec/properties");
        assertEquals(
                "granular",
                volume.path("claimRef").path("x-kubernetes-map-type").asString());
        assertFalse(volume.path("volumeMode").has("default"));
        assertEquals(
                "[\"FQDN\",\"IPv4\",\"IPv6\"]",
                document.at("/definitions/io.k8s.api.discovery.v1.EndpointSlice/properties/addressType/enum")
                        .toString());
        for (String owner : List.of("Lifecycle", "ContainerStatus")) {
            JsonNode signals = document.at("/definitions/io.k8s.api.core.v1." + owner + "/properties/stopSignal/enum");
            assertEquals(65, signals.size());
            assertEquals("SIGABRT", signals.get(0).asString());
        }
        assertEquals(
                "[\"spec\"]",
                document.at("/definitions/io.k8s.api.resource.v1.ResourceClaim/required")
                        .toString());
        JsonNode patch = document.path("paths")
                .path("/apis/apps/v1/namespaces/{namespace}/deployments/{name}")
                .path("patch");
        assertTrue(patch.path("parameters").toString().contains("fieldValidation"));
        assertTrue(patch.path("consumes").toString().contains("application/strategic-merge-patch+json"));
        assertAllReferencesResolve(document, document.path("definitions"), "#/definitions/");
    }

    @Test
    void v3HoldsWhatAGroupNeeds() {
        JsonNode index = json(get("/openapi/v3", "", "", ""));
        String url =
                index.path("paths").path("api/v1").path("serverRelativeURL").asString();
        assertTrue(url.startsWith("/openapi/v3/api/v1?hash="), url);
        String hash = url.substring(url.indexOf('=') + 1);
        Document core = get("/openapi/v3/api/v1", hash, "application/json", "");
        assertEquals("public, immutable", core.headers().get("cache-control"));
        JsonNode document = json(core);
        JsonNode patch = document.path("paths")
                .path("/api/v1/namespaces/{namespace}/pods/{name}")
                .path("patch");
        assertEquals(
                "Pod",
                patch.path("x-kubernetes-group-version-kind").path("kind").asString());
        assertTrue(patch.path("requestBody").path("content").has("application/strategic-merge-patch+json"));
        JsonNode schemas = document.path("components").path("schemas");
        JsonNode pod = schemas.path(POD).path("properties");
        assertEquals("{}", pod.path("spec").path("default").toString());
        JsonNode spec = schemas.path("io.k8s.api.core.v1.PodSpec").path("properties");
        assertEquals("{}", spec.path("containers").path("items").path("default").toString());
        assertTrue(spec.path("containers").path("items").has("allOf"));
        assertFalse(spec.path("securityContext").has("default"));
        assertFalse(spec.path("restartPolicy").has("default"));
        JsonNode event = schemas.path("io.k8s.api.core.v1.Event").path("properties");
        assertFalse(event.path("eventTime").has("default"));
        JsonNode port = schemas.path("io.k8s.api.core.v1.ContainerPort").path("properties");
        assertEquals("TCP", port.path("protocol").path("default").asString());
        assertEquals("0", port.path("containerPort").path("default").toString());
        assertEquals(
                "[{\"discriminator\":\"type\",\"fields-to-discriminateBy\":{\"localhostProfile\":\"LocalhostProfile\"}}]",
                schemas.path("io.k8s.api.core.v1.SeccompProfile")
                        .path("x-kubernetes-unions")
                        .toString());
        for (String name : index.path("paths").propertyNames()) {
            JsonNode each = json(get("/openapi/v3/" + name, "", "", ""));
            assertAllReferencesResolve(each, each.path("components").path("schemas"), "#/components/schemas/");
        }
    }

    /// Generated clients have their classes, methods and arguments from this.
    @ParameterizedTest
    @CsvSource({
        "/api/v1/namespaces/{namespace}/pods/{name}/exec, post, connectCoreV1PostNamespacedPodExec, core_v1,"
                + " command container name namespace stderr stdin stdout tty",
        "/api/v1/namespaces/{namespace}/services/{name}/proxy/{path}, head,"
                + " connectCoreV1HeadNamespacedServiceProxyWithPath, core_v1, name namespace path path",
        "/api/v1/namespaces/{namespace}/pods/{name}/log, get, readCoreV1NamespacedPodLog, core_v1, container follow"
                + " insecureSkipTLSVerifyBackend limitBytes name namespace pretty previous sinceSeconds stream"
                + " tailLines timestamps",
        "/apis/rbac.authorization.k8s.io/v1/clusterroles/{name}, delete, deleteRbacAuthorizationV1ClusterRole,"
                + " rbacAuthorization_v1, dryRun gracePeriodSeconds ignoreStoreReadErrorWithClusterBreakingPotential"
                + " name orphanDependents pretty propagationPolicy",
        "/apis/flowcontrol.apiserver.k8s.io/v1/flowschemas, delete,"
                + " deleteFlowcontrolApiserverV1CollectionFlowSchema, flowcontrolApiserver_v1, continue dryRun"
                + " fieldSelector gracePeriodSeconds ignoreStoreReadErrorWithClusterBreakingPotential labelSelector"
                + " limit orphanDependents pretty propagationPolicy resourceVersion resourceVersionMatch"
                + " sendInitialEvents shardSelector timeoutSeconds",
        "/apis/example.com/v1/namespaces/{namespace}/widgets/{name}, get, readExampleComV1NamespacedWidget,"
                + " exampleCom_v1, name namespace pretty resourceVersion"
    })
    void operationsAreUpstreams(String path, String method, String id, String tag, String parameters) {
        JsonNode item = json(get("/openapi/v2", "", "", "")).path("paths").path(path);
        JsonNode operation = item.path(method);
        assertEquals(id, operation.path("operationId").asString());
        assertEquals("[\"" + tag + "\"]", operation.path("tags").toString());
        List<String> names = new ArrayList<>(item.path("parameters").findValuesAsString("name"));
        names.addAll(operation.path("parameters").findValuesAsString("name"));
        names.remove("body");
        Collections.sort(names);
        assertEquals(parameters, String.join(" ", names));
        assertEquals(
                "{\"description\":\"Unauthorized\"}",
                operation.path("responses").path("401").toString());
    }

    /// Generated clients find out by these what a server is and offers.
    @ParameterizedTest
    @CsvSource({
        "/api/, getCoreAPIVersions, core, io.k8s.apimachinery.pkg.apis.meta.v1.APIVersions, api",
        "/api/v1/, getCoreV1APIResources, core_v1, io.k8s.apimachinery.pkg.apis.meta.v1.APIResourceList, api/v1",
        "/apis/, getAPIVersions, apis, io.k8s.apimachinery.pkg.apis.meta.v1.APIGroupList, apis",
        "/apis/rbac.authorization.k8s.io/, getRbacAuthorizationAPIGroup, rbacAuthorization,"
                + " io.k8s.apimachinery.pkg.apis.meta.v1.APIGroup, apis/rbac.authorization.k8s.io",
        "/version/, getCodeVersion, version, io.k8s.apimachinery.pkg.version.Info, version",
        "/openid/v1/jwks/, getServiceAccountIssuerOpenIDKeyset, openid, , openid/v1/jwks",
        "/.well-known/openid-configuration/, getServiceAccountIssuerOpenIDConfiguration, WellKnown, ,"
                + " .well-known/openid-configuration",
        "/api/v1/watch/namespaces/{namespace}/pods, watchCoreV1NamespacedPodList, core_v1,"
                + " io.k8s.apimachinery.pkg.apis.meta.v1.WatchEvent, api/v1",
        "/api/v1/watch/pods, watchCoreV1PodListForAllNamespaces, core_v1,"
                + " io.k8s.apimachinery.pkg.apis.meta.v1.WatchEvent, api/v1",
        "/api/v1/watch/nodes/{name}, watchCoreV1Node, core_v1, io.k8s.apimachinery.pkg.apis.meta.v1.WatchEvent, api/v1"
    })
    void discoveryAndWatchesAreDocumented(String path, String id, String tag, @Nullable String answer, String v3) {
        String schema = answer == null ? "{\"type\":\"string\"}" : "{\"$ref\":\"#/definitions/" + answer + "\"}";
        JsonNode operation =
                json(get("/openapi/v2", "", "", "")).path("paths").path(path).path("get");
        assertEquals(id, operation.path("operationId").asString());
        assertEquals("[\"" + tag + "\"]", operation.path("tags").toString());
        assertEquals(
                schema, operation.path("responses").path("200").path("schema").toString());
        JsonNode document = json(get("/openapi/v3/" + v3, "", "", ""));
        assertEquals(
                id,
                document.path("paths")
                        .path(path)
                        .path("get")
                        .path("operationId")
                        .asString());
        assertTrue(document.path("components").path("securitySchemes").has("BearerToken"));
    }

    /// What belongs to no version is not made again when definitions change.
    @Test
    void discoveryOfCustomGroupsIsNotDocumented() {
        OpenApi changed = OPEN_API.changed(BuiltInDiscovery.versions(KindCatalog.all()), KindCatalog.all(), List.of());
        JsonNode before = json(get("/openapi/v3", "", "", "")).path("paths");
        JsonNode after = json(changed.answer(new OpenApiRequest("/openapi/v3", "", "", "", ""))
                        .orElseThrow())
                .path("paths");
        assertEquals(before.path("apis/apps"), after.path("apis/apps"));
        assertTrue(before.has("apis/example.com/v1"));
        assertFalse(before.has("apis/example.com"));
        assertFalse(after.has("apis/example.com/v1"));
    }

    /// Validators refuse documents in which they are not.
    @Test
    void operationsHaveNamesOfTheirOwn() {
        Set<String> ids = new HashSet<>();
        for (JsonNode id : json(get("/openapi/v2", "", "", "")).path("paths").findValues("operationId")) {
            assertTrue(ids.add(id.asString()), id::asString);
        }
        assertFalse(ids.isEmpty());
    }

    @Test
    void operationsTellTheirMediaTypes() {
        JsonNode paths = json(get("/openapi/v2", "", "", "")).path("paths");
        assertEquals(
                "[\"application/json\",\"application/yaml\",\"application/vnd.kubernetes.protobuf\","
                        + "\"application/json;stream=watch\",\"application/vnd.kubernetes.protobuf;stream=watch\"]",
                paths.path("/api/v1/nodes").path("get").path("produces").toString());
        JsonNode widget = paths.path("/apis/example.com/v1/namespaces/{namespace}/widgets/{name}");
        assertEquals(
                "[\"application/json\",\"application/yaml\"]",
                widget.path("put").path("produces").toString());
        assertFalse(widget.path("patch").path("responses").has("201"));
        JsonNode log = json(get("/openapi/v3/api/v1", "", "", ""))
                .path("paths")
                .path("/api/v1/namespaces/{namespace}/pods/{name}/log")
                .path("get");
        assertEquals(
                "{\"type\":\"string\"}",
                log.path("responses")
                        .path("200")
                        .path("content")
                        .path("text/plain")
                        .path("schema")
                        .toString());
    }

    /// What has neither a description nor a default is a reference and no more, as in upstream's documents.
    @ParameterizedTest
    @CsvSource({
        "apis/networking.k8s.io/v1, io.k8s.api.networking.v1.IngressRule, http",
        "apis/apiextensions.k8s.io/v1, io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps, not"
    })
    void referencesAloneAreNotWrapped(String path, String definition, String field) {
        JsonNode schemas = json(get("/openapi/v3/" + path, "", "", "")).at("/components/schemas");
        JsonNode property = schemas.path(definition).path("properties").path(field);
        assertTrue(property.has("$ref"), property.toString());
    }

    @Test
    void customResourcesDoNotTakeNamesOfBuiltInDefinitions() {
        JsonNode definitions = json(get("/openapi/v2", "", "", "")).path("definitions");
        assertFalse(definitions.path(POD).path("properties").has("intruder"));
        assertTrue(definitions.path(POD + "_v2").path("properties").has("intruder"));
        assertEquals(
                "#/definitions/" + POD + "_v2",
                definitions
                        .at("/io.k8s.api.core.v1.PodList_v2/properties/items/items/$ref")
                        .asString());
    }

    @Test
    void aWrongHashIsARedirect() {
        Document moved = get("/openapi/v3/api/v1", "0", "", "");
        assertEquals(301, moved.status());
        assertTrue(moved.headers().getOrDefault("location", "").startsWith("/openapi/v3/api/v1?hash="));
    }

    @Test
    void customResourcesAreDescribed() {
        JsonNode document = json(get("/openapi/v3/apis/example.com/v1", "", "", ""));
        JsonNode widget = document.path("components").path("schemas").path("com.example.v1.Widget");
        assertEquals(
                "integer",
                widget.path("properties")
                        .path("spec")
                        .path("properties")
                        .path("size")
                        .path("type")
                        .asString());
        assertTrue(widget.path("properties").has("metadata"));
        JsonNode content = document.path("paths")
                .path("/apis/example.com/v1/namespaces/{namespace}/widgets/{name}")
                .path("patch")
                .path("requestBody")
                .path("content");
        assertFalse(content.has("application/strategic-merge-patch+json"));
        JsonNode v2 = json(get("/openapi/v2", "", "", "")).path("definitions").path("com.example.v1.Widget");
        assertEquals(
                "{\"x-kubernetes-int-or-string\":true}",
                v2.path("properties")
                        .path("spec")
                        .path("properties")
                        .path("port")
                        .toString());
    }

    @Test
    void answersInTheFormThatIsAskedFor() throws IOException {
        String asked = "application/com.github.proto-openapi.spec.v2@v1.0+protobuf";
        Document gnostic = get("/openapi/v2", "", asked, "");
        assertEquals(
                "application/com.github.proto-openapi.spec.v2.v1.0+protobuf",
                gnostic.headers().get("content-type"));
        Document zipped = OPEN_API.answer(new OpenApiRequest("/openapi/v2", "", asked, "gzip, br", ""))
                .orElseThrow();
        assertEquals("gzip", zipped.headers().get("content-encoding"));
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(zipped.body()))) {
            assertEquals(gnostic.body().length, in.readAllBytes().length);
        }
        String etag = gnostic.headers().getOrDefault("etag", "");
        assertEquals(
                304,
                OPEN_API.answer(new OpenApiRequest("/openapi/v2", "", asked, "", etag))
                        .orElseThrow()
                        .status());
        assertEquals(
                406,
                assertThrows(StatusException.class, () -> get("/openapi/v2", "", "text/plain", ""))
                        .code());
        assertTrue(OPEN_API.answer(new OpenApiRequest("/openapi/v3/apis/none/v1", "", "", "", ""))
                .isEmpty());
    }

    private static void assertAllReferencesResolve(JsonNode document, JsonNode definitions, String prefix) {
        for (JsonNode ref : document.findValues("$ref")) {
            if (ref.isString()) {
                assertTrue(definitions.has(ref.asString().substring(prefix.length())), ref::asString);
            }
        }
    }

    private static Document get(String path, String hash, String accept, String acceptEncoding) {
        return OPEN_API.answer(new OpenApiRequest(path, hash, accept, acceptEncoding, ""))
                .orElseThrow();
    }

    private static JsonNode json(Document document) {
        return Json.MAPPER.readTree(document.body());
    }
}
