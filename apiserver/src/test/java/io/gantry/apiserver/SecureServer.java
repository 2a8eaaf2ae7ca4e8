package io.gantry.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import io.gantry.apiserver.http.ServerTls;
import io.gantry.component.pki.CertificateAuthority;
import io.gantry.component.pki.CertificateProfile;
import io.gantry.component.pki.Identity;
import io.gantry.component.pki.KeyPairs;
import io.gantry.component.pki.Pem;
import io.gantry.component.pki.TlsContexts;
import io.gantry.store.memory.MemoryStore;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The whole server over TLS, with the security that its process has, and clients of several names: what tests of
/// authentication and authorization share. Each test class has a server of its own.
abstract class SecureServer {
    protected static MemoryStore store;
    protected static final Duration LIFE = Duration.ofDays(1);

    @TempDir
    protected static Path directory;

    protected static CertificateAuthority authority;
    protected static CertificateAuthority proxies;
    protected static ApiServer server;
    protected static HttpClient admin;
    protected static HttpClient anonymous;

    @BeforeAll
    static void start() throws Exception {
        store = new MemoryStore();
        authority = CertificateAuthority.create("test-ca", LIFE);
        proxies = CertificateAuthority.create("front-proxy-ca", LIFE);
        Files.writeString(directory.resolve("front.crt"), proxies.identity().certificatePem());
        Identity serving = authority.issue(
                CertificateProfile.server("kube-apiserver", List.of("localhost"), List.of("127.0.0.1"), LIFE));
        KeyPair keys = KeyPairs.ec();
        Files.writeString(directory.resolve("sa.key"), Pem.encode(keys.getPrivate()));
        Files.writeString(directory.resolve("sa.pub"), Pem.encode(keys.getPublic()));
        Files.writeString(directory.resolve("ca.crt"), authority.identity().certificatePem());
        ServerFlags flags = ServerFlags.parse(
                "--client-ca-file=" + directory.resolve("ca.crt"),
                "--requestheader-client-ca-file=" + directory.resolve("front.crt"),
                "--requestheader-allowed-names=front-proxy-client",
                "--requestheader-uid-headers=X-Remote-Uid",
                "--service-account-key-file=" + directory.resolve("sa.pub"),
                "--service-account-signing-key-file=" + directory.resolve("sa.key"));
        ServerConfig local = ServerConfig.local(store);
        ServerConfig config = new ServerConfig(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Optional.of(new ServerTls(
                        serving.key(),
                        List.of(serving.certificate()),
                        List.of(
                                authority.identity().certificate(),
                                proxies.identity().certificate()))),
                store,
                Optional.empty(),
                local.serviceCidr(),
                local.nodePorts(),
                InstantSource.system(),
                local.kubelets());
        server = ApiServer.start(config, objects -> ProcessSecurity.create(flags, objects));
        admin = client("admin", "system:masters");
        anonymous = HttpClient.newBuilder()
                .sslContext(
                        TlsContexts.client(List.of(authority.identity().certificate()), Optional.empty(), List.of()))
                .build();
    }

    @AfterAll
    static void stop() {
        server.close();
        store.close();
    }

    protected static HttpClient client(String user, String... groups) throws Exception {
        return client(authority, user, groups);
    }

    protected static HttpClient client(CertificateAuthority signer, String user, String... groups) throws Exception {
        Identity identity = signer.issue(CertificateProfile.client(user, List.of(groups), LIFE));
        return HttpClient.newBuilder()
                .sslContext(TlsContexts.client(
                        List.of(authority.identity().certificate()),
                        Optional.of(identity.key()),
                        List.of(identity.certificate())))
                .build();
    }

    protected static JsonNode call(
            HttpClient client, int expected, String method, String path, String body, String... headers)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("https://127.0.0.1:" + server.address().getPort() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (!List.of(headers).contains("content-type")) {
            request.header("content-type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertEquals(expected, response.statusCode(), method + " " + path + ": " + response.body());
        return Json.MAPPER.readTree(response.body());
    }

    protected static JsonNode get(HttpClient client, int expected, String path, String... headers) throws Exception {
        return call(client, expected, "GET", path, "", headers);
    }

    protected static void namespace(String name) throws Exception {
        call(admin, 201, "POST", "/api/v1/namespaces", "{\"metadata\":{\"name\":\"" + name + "\"}}");
        call(
                admin,
                201,
                "POST",
                "/api/v1/namespaces/" + name + "/serviceaccounts",
                "{\"metadata\":{\"name\":\"default\"}}");
    }

    /// The status code of a GET, whatever it is.
    protected static int status(HttpClient client, String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                URI.create("https://127.0.0.1:" + server.address().getPort() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
