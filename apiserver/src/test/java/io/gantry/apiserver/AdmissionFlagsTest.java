package io.gantry.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.component.Flags;
import io.gantry.store.memory.MemoryStore;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Switching admission plugins off, as `envtest` does with `ServiceAccount`.
class AdmissionFlagsTest {
    private static final String QUOTA = """
            {"metadata":{"name":"none"},"spec":{"hard":{"configmaps":"0"}},"status":{"hard":{"configmaps":"0"},"used":{"configmaps":"0"}}}""";

    private static AdmissionFlags parse(String... arguments) {
        return AdmissionFlags.parse(Flags.parse(arguments));
    }

    private static String refusal(String... arguments) {
        return assertThrows(IllegalArgumentException.class, () -> parse(arguments))
                .getMessage();
    }

    @Test
    void namesAreUpstreamsAndWhatIsNotThereIsRefused() {
        assertEquals(
                Set.of("ServiceAccount", "Priority"),
                parse("--disable-admission-plugins=ServiceAccount,Priority", "--enable-admission-plugins=LimitRanger")
                        .disabled());
        assertTrue(refusal("--enable-admission-plugins=ImagePolicyWebhook")
                .startsWith(
                        "--enable-admission-plugins: admission plugin \"ImagePolicyWebhook\" is unknown; there are: "));
        assertEquals(
                "[Priority] in enable-admission-plugins and disable-admission-plugins overlapped",
                refusal("--disable-admission-plugins=Priority", "--enable-admission-plugins=Priority"));
    }

    private static int createUnderAQuotaOfNone(AdmissionFlags flags) throws Exception {
        try (MemoryStore store = new MemoryStore();
                ApiServer server = ApiServer.start(
                        ServerConfig.local(store).with(ServerConfig.Options.NONE.withAdmission(flags)),
                        objects -> Security.none());
                HttpClient client = HttpClient.newHttpClient()) {
            String base = "http://127.0.0.1:" + server.address().getPort() + "/api/v1/namespaces/default/";
            assertEquals(201, send(client, "POST", base + "resourcequotas", QUOTA));
            assertEquals(200, send(client, "PUT", base + "resourcequotas/none/status", QUOTA));
            return send(client, "POST", base + "configmaps", "{\"metadata\":{\"name\":\"one\"}}");
        }
    }

    private static int send(HttpClient client, String method, String uri, String body) throws Exception {
        return client.send(
                        HttpRequest.newBuilder(URI.create(uri))
                                .method(method, HttpRequest.BodyPublishers.ofString(body))
                                .header("content-type", "application/json")
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void aPluginThatIsOffDoesNotRun() throws Exception {
        assertEquals(403, createUnderAQuotaOfNone(AdmissionFlags.NONE));
        assertEquals(201, createUnderAQuotaOfNone(new AdmissionFlags(Set.of(), Set.of("ResourceQuota"))));
    }
}
