package io.gantry.apiserver.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.apiserver.LocalServer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// What a write of the status changes in the metadata: everything of most kinds, nothing of some.
class StatusMetadataTest {
    private static final String POD = "{'containers':[{'name':'c','image':'i'}]}";
    private static LocalServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new LocalServer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /// A kind.
    ///
    /// @param labels whether its status's writer labels it
    /// @param annotations whether its status's writer annotates and holds it
    /// @param owners whether its status's writer says who owns it
    record Kind(String path, String spec, boolean labels, boolean annotations, boolean owners) {
        @Override
        public String toString() {
            return path;
        }
    }

    static Stream<Kind> kinds() {
        String set = "{'selector':{'matchLabels':{'a':'b'}},'template':{'metadata':{'labels':{'a':'b'}},'spec':" + POD
                + "}}";
        return Stream.of(
                new Kind("/api/v1/namespaces/default/pods", POD, true, true, false),
                new Kind("/apis/apps/v1/namespaces/default/replicasets", set, true, true, true),
                new Kind("/apis/apps/v1/namespaces/default/deployments", set, false, true, true),
                new Kind(
                        "/apis/storage.k8s.io/v1/volumeattachments",
                        "{'attacher':'a.b','nodeName':'n','source':{'persistentVolumeName':'v'}}",
                        false,
                        false,
                        false));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aStatusIsWritten(Kind kind) throws Exception {
        server.json(
                201,
                "POST",
                kind.path(),
                ("{'metadata':{'name':'o','labels':{'a':'b'},'annotations':{'a':'b'}},'spec':" + kind.spec() + "}")
                        .replace('\'', '"'));
        JsonNode written = server.patch(
                        200,
                        kind.path() + "/o/status",
                        "{'metadata':{'labels':{'a':'c'},'annotations':{'a':'c'},'finalizers':['x.y/z'],"
                                        .replace('\'', '"')
                                + "'ownerReferences':[{'apiVersion':'v1','kind':'Pod','name':'p','uid':'u'}]}}"
                                        .replace('\'', '"'))
                .path("metadata");
        assertEquals(kind.labels() ? "c" : "b", written.at("/labels/a").asString());
        assertEquals(
                kind.annotations() ? "c" : "b", written.at("/annotations/a").asString());
        assertEquals(kind.annotations(), written.has("finalizers"));
        assertEquals(kind.owners(), written.has("ownerReferences"));
    }

    @Test
    void whoTakesTheLastFinalizerWithTheStatusEndsTheObject() throws Exception {
        String path = "/api/v1/persistentvolumes";
        server.json(
                201,
                "POST",
                path,
                ("{'metadata':{'name':'held','finalizers':['x.y/z']},'spec':{'capacity':{'storage':'1Gi'},"
                                + "'accessModes':['ReadWriteOnce'],'hostPath':{'path':'/x'}}}")
                        .replace('\'', '"'));
        server.json(200, "DELETE", path + "/held", "");
        server.patch(200, path + "/held/status", "{\"metadata\":{\"finalizers\":null}}");
        server.json(404, "GET", path + "/held", "");
    }
}
