package io.gantry.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.gantry.api.Json;
import io.gantry.api.kind.Kind;
import io.gantry.apiserver.http.ServerTls;
import io.gantry.apiserver.objects.ObjectWriter;
import io.gantry.apiserver.oidc.TestIssuer;
import io.gantry.component.pki.CertificateAuthority;
import io.gantry.component.pki.CertificateProfile;
import io.gantry.component.pki.Identity;
import io.gantry.component.pki.KeyPairs;
import io.gantry.component.pki.Pem;
import io.gantry.component.pki.TlsContexts;
import io.gantry.store.memory.MemoryStore;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Whom the files that a server is started with make it believe: authorities of clients, which are followed, and
/// issuers of tokens.
final class CredentialFilesTest {
    private static final Duration LIFE = Duration.ofDays(1);
    private static final String WHO = "/apis/authentication.k8s.io/v1/selfsubjectreviews";

    @TempDir
    private static Path directory;

    private static final MemoryStore STORE = new MemoryStore();
    private static final CertificateAuthority AUTHORITY = CertificateAuthority.create("ca", LIFE);
    private static final CertificateAuthority PROXIES = CertificateAuthority.create("front-proxy-ca", LIFE);
    private static final AtomicReference<Security> SECURITY = new AtomicReference<>();
    private static TestIssuer issuer;
    private static HttpsServer issuing;
    private static ServerTls tls;
    private static ApiServer server;

    /// What the server wrote about whom it believes.
    private static final BlockingQueue<ObjectNode> WRITTEN = new LinkedBlockingQueue<>();

    private record Recorder() implements ObjectWriter {
        @Override
        public ObjectNode create(Kind<?> kind, ObjectNode object) {
            WRITTEN.add(object);
            return object;
        }

        @Override
        public ObjectNode update(Kind<?> kind, ObjectNode object) {
            return create(kind, object);
        }

        @Override
        public ObjectNode updateStatus(Kind<?> kind, ObjectNode object) {
            return create(kind, object);
        }
    }

    @BeforeAll
    static void start() throws Exception {
        Identity serving = AUTHORITY.issue(
                CertificateProfile.server("kube-apiserver", List.of("localhost"), List.of("127.0.0.1"), LIFE));
        startIssuer(serving);
        Files.writeString(directory.resolve("tls.crt"), Pem.encode(serving.certificate()));
        Files.writeString(directory.resolve("tls.key"), Pem.encode(serving.key()));
        Path clients = Files.writeString(
                directory.resolve("ca.crt"), AUTHORITY.identity().certificatePem());
        Path front = Files.writeString(
                directory.resolve("front.crt"), PROXIES.identity().certificatePem());
        tls = TlsFiles.read(
                directory.resolve("tls.crt"),
                directory.resolve("tls.key"),
                List.of(),
                Optional.of(clients),
                Optional.of(front));
        ServerFlags flags = ServerFlags.parse(
                "--client-ca-file=" + clients,
                "--requestheader-client-ca-file=" + front,
                "--authentication-config=" + authentication());
        ServerConfig local = ServerConfig.local(STORE);
        ServerConfig config = new ServerConfig(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Optional.of(tls),
                STORE,
                Optional.empty(),
                local.serviceCidr(),
                local.nodePorts(),
                InstantSource.system(),
                local.kubelets());
        server = ApiServer.start(config, objects -> {
            SECURITY.set(ProcessSecurity.create(flags, objects));
            return SECURITY.get();
        });
    }

    private static void startIssuer(Identity serving) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(TlsContexts.keyManagers(serving.key(), List.of(serving.certificate())), null, null);
        issuing = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        issuing.setHttpsConfigurator(new HttpsConfigurator(context));
        issuer = new TestIssuer("https://127.0.0.1:" + issuing.getAddress().getPort());
        issuing.createContext("/", exchange -> {
            boolean keys = exchange.getRequestURI().getPath().equals("/keys");
            byte[] body = (keys ? issuer.keys() : issuer.discovery()).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            try (var out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
        issuing.start();
    }

    private static Path authentication() throws Exception {
        return Files.writeString(directory.resolve("authentication.yaml"), """
                apiVersion: apiserver.config.k8s.io/v1
                kind: AuthenticationConfiguration
                anonymous: {enabled: true, conditions: [{path: /livez}]}
                jwt:
                - issuer:
                    url: https://127.0.0.1:%d
                    audiences: [gantry]
                    certificateAuthority: |
                %s
                  claimMappings:
                    username: {claim: sub, prefix: "oidc:"}
                    groups: {expression: "claims.groups"}
                """.formatted(
                        issuing.getAddress().getPort(),
                        AUTHORITY.identity().certificatePem().indent(6)));
    }

    @AfterAll
    static void stop() {
        server.close();
        issuing.stop(0);
        STORE.close();
    }

    private static HttpClient client(Identity identity) throws Exception {
        return HttpClient.newBuilder()
                .sslContext(TlsContexts.client(
                        List.of(AUTHORITY.identity().certificate()),
                        Optional.of(identity.key()),
                        List.of(identity.certificate())))
                .build();
    }

    private static HttpClient nobody() throws Exception {
        return HttpClient.newBuilder()
                .sslContext(
                        TlsContexts.client(List.of(AUTHORITY.identity().certificate()), Optional.empty(), List.of()))
                .build();
    }

    private static HttpResponse<String> send(HttpClient client, String method, String path, String... headers)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("https://127.0.0.1:" + server.address().getPort() + path))
                .header("content-type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(method.equals("POST") ? "{}" : ""));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String user(HttpClient client, String... headers) throws Exception {
        HttpResponse<String> answer = send(client, "POST", WHO, headers);
        assertEquals(201, answer.statusCode(), answer.body());
        return Json.MAPPER
                .readTree(answer.body())
                .at("/status/userInfo/username")
                .stringValue();
    }

    private static Identity identity(CertificateAuthority authority, Duration life) {
        return authority.issue(CertificateProfile.client("jane", List.of(), life));
    }

    private static Identity ofTomorrow() throws Exception {
        KeyPair keys = KeyPairs.ec();
        Instant now = Instant.now();
        X509Certificate certificate = new JcaX509CertificateConverter()
                .getCertificate(new JcaX509v3CertificateBuilder(
                                new X500Name("CN=ca"),
                                BigInteger.TWO,
                                Date.from(now.plus(Duration.ofHours(1))),
                                Date.from(now.plus(Duration.ofHours(2))),
                                new X500Name("CN=jane"),
                                keys.getPublic())
                        .build(new JcaContentSignerBuilder("SHA256withECDSA")
                                .build(AUTHORITY.identity().key())));
        return new Identity(certificate, keys.getPrivate());
    }

    /// Refused with a Status, not with a broken connection.
    @Test
    void certificatesThatDoNotHoldAre401() throws Exception {
        assertEquals("jane", user(client(identity(AUTHORITY, LIFE))));
        Map<String, Identity> bad = Map.of(
                "another authority's", identity(CertificateAuthority.create("other", LIFE), LIFE),
                "one of another authority of the same name", identity(CertificateAuthority.create("ca", LIFE), LIFE),
                "expired", identity(AUTHORITY, Duration.ofSeconds(-1)),
                "not yet valid", ofTomorrow(),
                "a server's", AUTHORITY.issue(CertificateProfile.server("s", List.of("s"), List.of(), LIFE)));
        for (Map.Entry<String, Identity> one : bad.entrySet()) {
            HttpResponse<String> answer = send(client(one.getValue()), "POST", WHO);
            assertEquals(401, answer.statusCode(), one.getKey() + ": " + answer.body());
            JsonNode status = Json.MAPPER.readTree(answer.body());
            assertEquals("Unauthorized", status.path("reason").asString(), one.getKey());
        }
    }

    @Test
    void changedAuthoritiesAreBelieved() throws Exception {
        CertificateAuthority renewed = CertificateAuthority.create("renewed", LIFE);
        Identity proxy = renewed.issue(CertificateProfile.client("proxy", List.of(), LIFE));
        Identity jane = identity(renewed, LIFE);
        assertEquals(401, send(client(jane), "POST", WHO).statusCode());
        append("ca.crt", renewed);
        refresh();
        assertEquals("jane", user(client(jane)));
        assertEquals("jane", user(client(identity(AUTHORITY, LIFE))));
        ObjectNode written = WRITTEN.poll(20, TimeUnit.SECONDS);
        assertTrue(written.at("/data/client-ca-file")
                .stringValue()
                .contains(renewed.identity().certificatePem().strip()));
        CertificateAuthority proxies = CertificateAuthority.create("renewed-proxies", LIFE);
        Identity front = proxies.issue(CertificateProfile.client("proxy", List.of(), LIFE));
        assertEquals("proxy", user(client(proxy), "X-Remote-User", "carla"), "an authority of clients only");
        append("front.crt", proxies);
        refresh();
        assertEquals("carla", user(client(front), "X-Remote-User", "carla"));
    }

    @Test
    void whatAnotherServerPublishedStays() throws Exception {
        Path front = directory.resolve("front.crt");
        String before = Files.readString(front);
        String other = CertificateAuthority.create("proxies-of-another-server", LIFE)
                .identity()
                .certificatePem()
                .strip();
        Files.writeString(front, other);
        refresh();
        String published = published("requestheader-client-ca-file", other);
        assertTrue(published.contains(PROXIES.identity().certificatePem().strip()), published);
        Files.writeString(front, before);
        refresh();
    }

    /// What is published once it contains a text.
    private static String published(String key, String text) throws InterruptedException {
        while (true) {
            ObjectNode written = WRITTEN.poll(20, TimeUnit.SECONDS);
            assertNotNull(written, "nothing was published");
            String value = written.path("data").path(key).asString("");
            if (value.contains(text)) {
                return value;
            }
        }
    }

    private static void append(String file, CertificateAuthority authority) throws Exception {
        Path path = directory.resolve(file);
        Files.writeString(path, Files.readString(path) + authority.identity().certificatePem());
    }

    private static void refresh() {
        tls.refresh();
        SECURITY.get().refresh().accept(new Recorder());
    }

    @Test
    void tokensOfAnIssuerNameUsers() throws Exception {
        long soon = Instant.now().plusSeconds(600).getEpochSecond();
        String url = "https://127.0.0.1:" + issuing.getAddress().getPort();
        String token = issuer.token(
                Map.of("iss", url, "aud", "gantry", "sub", "anna", "exp", soon, "groups", List.of("devs")));
        String[] bearer = {"authorization", "Bearer " + token};
        HttpResponse<String> answer = send(nobody(), "POST", WHO, bearer);
        assertEquals(201, answer.statusCode(), answer.body());
        JsonNode user = Json.MAPPER.readTree(answer.body()).at("/status/userInfo");
        assertEquals("oidc:anna", user.path("username").asString());
        assertEquals("devs", user.at("/groups/0").asString());
        issuer.rotate("next");
        String expired =
                issuer.token(Map.of("iss", url, "aud", "gantry", "sub", "anna", "exp", 1, "groups", List.of()));
        assertEquals(
                401,
                send(nobody(), "POST", WHO, "authorization", "Bearer " + expired)
                        .statusCode());
        assertEquals(200, send(nobody(), "GET", "/livez").statusCode());
        assertEquals(401, send(nobody(), "GET", "/version").statusCode(), "nobody may ask for health alone");
    }
}
