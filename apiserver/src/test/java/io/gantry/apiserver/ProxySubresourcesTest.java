package io.gantry.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.gantry.apiserver.proxy.KubeletTls;
import io.gantry.component.pki.CertificateAuthority;
import io.gantry.component.pki.CertificateProfile;
import io.gantry.component.pki.Identity;
import io.gantry.component.pki.TlsContexts;
import io.gantry.store.memory.MemoryStore;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ProxySubresourcesTest {
    private FakeKubelet kubelet;
    private MemoryStore store;
    private ApiServer server;
    private HttpClient http;

    @BeforeEach
    void start() throws Exception {
        kubelet = new FakeKubelet();
        store = new MemoryStore();
        server = ApiServer.start(
                ServerConfig.local(store).withKubelets(KubeletTls.of(kubelet.client())), objects -> Security.none());
        http = HttpClient.newHttpClient();
        post("/api/v1/nodes", """
            {"metadata":{"name":"n"}}""");
        put("/api/v1/nodes/n/status", """
            {"metadata":{"name":"n"},"status":{"addresses":[{"type":"InternalIP","address":"127.0.0.1"}],
             "daemonEndpoints":{"kubeletEndpoint":{"Port":%d}}}}""".formatted(kubelet.port()));
        post("/api/v1/namespaces/default/pods", """
            {"metadata":{"name":"p"},"spec":{"nodeName":"n","containers":[{"name":"c","image":"i"}]}}""");
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        store.close();
        kubelet.close();
        http.close();
    }

    @Test
    void logsComeFromTheKubelet() throws Exception {
        HttpResponse<String> log = send("GET", "/api/v1/namespaces/default/pods/p/log?tailLines=5", "");
        assertEquals(200, log.statusCode());
        assertEquals("line 1\n", log.body());
        assertTrue(kubelet.heads.take().startsWith("GET /containerLogs/default/p/c?tailLines=5 "));
        assertEquals(
                404, send("GET", "/api/v1/namespaces/default/pods/q/log", "").statusCode());
        assertEquals(
                400,
                send("GET", "/api/v1/namespaces/default/pods/p/log?container=x", "")
                        .statusCode());
    }

    @Test
    void theNodeIsProxied() throws Exception {
        assertEquals(
                "line 1\n",
                send("GET", "/api/v1/nodes/n/proxy/stats/summary?a=b", "").body());
        assertTrue(kubelet.heads.take().startsWith("GET /stats/summary?a=b "));
    }

    @Test
    void withoutAPathTheClientIsSentToOne() throws Exception {
        for (String proxy : List.of("/api/v1/nodes/n/proxy", "/api/v1/namespaces/default/pods/p/proxy")) {
            HttpResponse<String> moved = send("GET", proxy + "?a=b", "");
            assertEquals(301, moved.statusCode());
            assertEquals(proxy + "/?a=b", moved.headers().firstValue("location").orElse(""));
        }
    }

    @Test
    void aPodsCertificateIsNotLookedAtAndItGetsNone() throws Exception {
        post("/api/v1/namespaces/default/pods", """
            {"metadata":{"name":"tls"},"spec":{"nodeName":"n","containers":[{"name":"c","image":"i"}]}}""");
        put("/api/v1/namespaces/default/pods/tls/status", """
            {"metadata":{"name":"tls"},"spec":{"containers":[{"name":"c","image":"i"}]},
             "status":{"podIP":"127.0.0.1"}}""");
        CertificateAuthority stranger = CertificateAuthority.create("stranger", Duration.ofHours(1));
        Identity identity = stranger.issue(new CertificateProfile(
                "pod",
                List.of(),
                List.of("elsewhere"),
                List.of(),
                List.of(CertificateProfile.Usage.SERVER_AUTH),
                Duration.ofHours(1)));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(TlsContexts.keyManagers(identity.key(), List.of(identity.certificate())), null, null);
        HttpsServer pod = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        pod.setHttpsConfigurator(new HttpsConfigurator(context));
        pod.createContext("/", exchange -> {
            byte[] body = ("<a href=\"/b\">" + exchange.getRequestHeaders().getFirst("X-Forwarded-Uri"))
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
            exchange.getResponseHeaders().set("Access-Control-Allow-Origin", "*");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        pod.start();
        try {
            String proxy = "/api/v1/namespaces/default/pods/https:tls:"
                    + pod.getAddress().getPort() + "/proxy";
            HttpResponse<String> page = send("GET", proxy + "/a", "");
            assertEquals("<a href=\"" + proxy + "/b\">" + proxy + "/a", page.body());
            assertTrue(page.headers().firstValue("access-control-allow-origin").isEmpty());
        } finally {
            pod.stop(0);
        }
    }

    @Test
    void execBecomesAPipe() throws Exception {
        try (Socket socket =
                new Socket(server.address().getAddress(), server.address().getPort())) {
            String head = "POST /api/v1/namespaces/default/pods/p/exec?command=ls&stdout=true HTTP/1.1\r\nHost: x\r\n"
                    + "Connection: Upgrade\r\nUpgrade: SPDY/3.1\r\nX-Stream-Protocol-Version: v4.channel.k8s.io\r\n"
                    + "Content-Length: 0\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            StringBuilder answer = new StringBuilder();
            while (!answer.toString().endsWith("\r\n\r\n")) {
                answer.append((char) in.read());
            }
            assertTrue(answer.toString().startsWith("HTTP/1.1 101 "), answer.toString());
            byte[] sent = new byte[200_000];
            sent[0] = 1;
            Thread.ofVirtual().start(() -> write(socket, sent));
            assertEquals(1, in.readNBytes(sent.length)[0]);
        }
        assertTrue(kubelet.heads.take().startsWith("POST /exec/default/p/c?output=1&command=ls HTTP/1.1"));
    }

    private static void write(Socket socket, byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void post(String path, String body) throws Exception {
        HttpResponse<String> answer = send("POST", path, body);
        assertEquals(201, answer.statusCode(), answer.body());
    }

    private void put(String path, String body) throws Exception {
        HttpResponse<String> answer = send("PUT", path, body);
        assertEquals(200, answer.statusCode(), answer.body());
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + server.address().getPort() + path);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("content-type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
