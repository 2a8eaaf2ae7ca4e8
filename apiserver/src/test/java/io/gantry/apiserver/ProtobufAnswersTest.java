package io.gantry.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.store.memory.MemoryStore;
import io.kubernetes.client.proto.Meta;
import io.kubernetes.client.proto.Runtime;
import io.kubernetes.client.proto.V1;
import java.io.DataInputStream;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Go clients ask for protobuf; upstream's own message classes read what they get.
class ProtobufAnswersTest {
    private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";
    private static final String PARTIAL = PROTOBUF + ";as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";
    private static final MemoryStore STORE = new MemoryStore();
    private static ApiServer server;
    private static HttpClient client;

    @BeforeAll
    static void start() throws Exception {
        server = ApiServer.start(ServerConfig.local(STORE), objects -> Security.none());
        client = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
        STORE.close();
    }

    private static HttpRequest.Builder request(String path, String accept) {
        return HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.address().getPort() + path))
                .header("accept", accept);
    }

    private static HttpResponse<byte[]> get(String path, String accept) throws Exception {
        return client.send(request(path, accept).build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static HttpResponse<byte[]> post(String path, String body) throws Exception {
        HttpRequest post = request(path, PROTOBUF)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(post, HttpResponse.BodyHandlers.ofByteArray());
    }

    private static Runtime.Unknown unknown(byte[] body) throws Exception {
        assertEquals("k8s\0", new String(body, 0, 4, StandardCharsets.US_ASCII));
        return Runtime.Unknown.parseFrom(Arrays.copyOfRange(body, 4, body.length));
    }

    private static Runtime.Unknown unknown(HttpResponse<byte[]> response) throws Exception {
        assertEquals(PROTOBUF, response.headers().firstValue("content-type").orElse(""));
        return unknown(response.body());
    }

    @Test
    void whatIsWrittenBackIsNoChange() throws Exception {
        String pods = "/api/v1/namespaces/default/pods";
        HttpResponse<byte[]> made = post(
                pods,
                "{\"metadata\":{\"name\":\"same\"},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}");
        HttpRequest back = request(pods + "/same", PROTOBUF)
                .header("content-type", PROTOBUF)
                .PUT(HttpRequest.BodyPublishers.ofByteArray(made.body()))
                .build();
        HttpResponse<byte[]> same = client.send(back, HttpResponse.BodyHandlers.ofByteArray());
        assertEquals(200, same.statusCode());
        V1.Pod pod = V1.Pod.parseFrom(unknown(same).getRaw());
        assertEquals(1, pod.getMetadata().getGeneration());
        assertEquals(
                V1.Pod.parseFrom(unknown(made).getRaw()).getMetadata().getResourceVersion(),
                pod.getMetadata().getResourceVersion());
    }

    @Test
    void definitionsAreWrittenAndReadAsBuiltInKinds() throws Exception {
        String definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
        HttpResponse<byte[]> made = post(definitions, """
                {"metadata":{"name":"gears.pb.example.com"},"spec":{"group":"pb.example.com","scope":"Cluster",
                 "names":{"plural":"gears","kind":"Gear"},"versions":[{"name":"v1","served":true,"storage":true,
                 "schema":{"openAPIV3Schema":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}}]}}""");
        assertEquals(201, made.statusCode());
        assertEquals("CustomResourceDefinition", unknown(made).getTypeMeta().getKind());
        byte[] renamed = new String(made.body(), StandardCharsets.ISO_8859_1)
                .replace("gears", "wheel")
                .replace("Gear", "Whee")
                .getBytes(StandardCharsets.ISO_8859_1);
        HttpRequest again = request(definitions, PROTOBUF)
                .header("content-type", PROTOBUF)
                .POST(HttpRequest.BodyPublishers.ofByteArray(renamed))
                .build();
        HttpResponse<byte[]> other = client.send(again, HttpResponse.BodyHandlers.ofByteArray());
        assertEquals(400, other.statusCode(), "an object to create has no resourceVersion");
        assertTrue(unknown(other).getRaw().toStringUtf8().contains("resourceVersion should not be set"));
    }

    @Test
    void objectsListsAndDeletions() throws Exception {
        String maps = "/api/v1/namespaces/default/configmaps";
        HttpResponse<byte[]> made = post(maps, "{\"metadata\":{\"name\":\"pb\"},\"data\":{\"k\":\"v\"}}");
        assertEquals(201, made.statusCode());
        V1.ConfigMap map = V1.ConfigMap.parseFrom(unknown(made).getRaw());
        assertEquals("v", map.getDataOrThrow("k"));
        assertTrue(map.getMetadata().getCreationTimestamp().getSeconds() > 0);
        V1.ConfigMap read = V1.ConfigMap.parseFrom(
                unknown(get(maps + "/pb", PROTOBUF + ",application/json")).getRaw());
        assertEquals(map, read);
        Runtime.Unknown list = unknown(get(maps, PROTOBUF));
        assertEquals("ConfigMapList", list.getTypeMeta().getKind());
        assertEquals(map, V1.ConfigMapList.parseFrom(list.getRaw()).getItems(0));
        Runtime.Unknown partial = unknown(get(maps, PARTIAL));
        assertEquals("meta.k8s.io/v1", partial.getTypeMeta().getApiVersion());
        assertEquals(
                "pb",
                V1.ConfigMapList.parseFrom(partial.getRaw())
                        .getItems(0)
                        .getMetadata()
                        .getName());
        HttpResponse<byte[]> gone =
                client.send(request(maps + "/pb", PROTOBUF).DELETE().build(), HttpResponse.BodyHandlers.ofByteArray());
        assertEquals("Success", Meta.Status.parseFrom(unknown(gone).getRaw()).getStatus());
    }

    @Test
    void failuresAreAStatus() throws Exception {
        HttpResponse<byte[]> missing = get("/api/v1/namespaces/default/pods/none", PROTOBUF);
        assertEquals(404, missing.statusCode());
        Meta.Status status = Meta.Status.parseFrom(unknown(missing).getRaw());
        assertEquals("NotFound", status.getReason());
        assertEquals(404, status.getCode());
    }

    @Test
    void dryRunsAreAnswered() throws Exception {
        HttpResponse<byte[]> answer = post(
                "/api/v1/namespaces/default/pods?dryRun=All",
                "{\"metadata\":{\"name\":\"p\"},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}");
        assertEquals(201, answer.statusCode());
        assertEquals(
                "c",
                V1.Pod.parseFrom(unknown(answer).getRaw())
                        .getSpec()
                        .getContainers(0)
                        .getName());
    }

    @Test
    void tablesAreJson() throws Exception {
        HttpResponse<byte[]> table = get(
                "/api/v1/namespaces",
                PROTOBUF + ";as=Table;v=v1;g=meta.k8s.io,application/json;as=Table;v=v1;g=meta.k8s.io");
        assertEquals(
                "application/json", table.headers().firstValue("content-type").orElse(""));
        assertEquals(
                406,
                get("/api/v1/namespaces", PROTOBUF + ";as=Table;v=v1;g=meta.k8s.io")
                        .statusCode());
    }

    @Test
    void watchesSendFramedEvents() throws Exception {
        HttpResponse<InputStream> watch = client.send(
                request("/api/v1/namespaces?watch=true&fieldSelector=metadata.name%3Ddefault", PROTOBUF)
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
        assertEquals(
                PROTOBUF + ";stream=watch",
                watch.headers().firstValue("content-type").orElse(""));
        try (DataInputStream in = new DataInputStream(watch.body())) {
            byte[] frame = in.readNBytes(in.readInt());
            Meta.WatchEvent event = Meta.WatchEvent.parseFrom(frame);
            assertEquals("ADDED", event.getType());
            Runtime.Unknown object = unknown(event.getObject().getRaw().toByteArray());
            assertEquals(
                    "default",
                    V1.Namespace.parseFrom(object.getRaw()).getMetadata().getName());
        }
    }
}
