package io.gantry.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.apiserver.authn.UserInfo;
import io.gantry.component.pki.CertificateAuthority;
import io.gantry.component.pki.KeyPairs;
import io.gantry.component.pki.Pem;
import io.gantry.component.pki.TlsContexts;
import io.gantry.store.memory.MemoryStore;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A server that is started with the flags that controller-runtime's `envtest` and kubeadm's manifests give.
class UpstreamFlagsTest {
    @TempDir
    private Path directory;

    @Test
    void theHelpNamesEveryFlagOnALine() {
        List<String> lines = ServerFlags.help().lines().map(String::strip).toList();
        assertTrue(lines.containsAll(List.of("--cert-dir", "--authorization-mode", "--feature-gates")));
        assertTrue(!lines.contains("--insecure-port"));
    }

    @Test
    void whatChangesNothingIsTakenAndToldOf() {
        ServerFlags flags = ServerFlags.parse(
                "--allow-privileged=true",
                "--feature-gates=WatchList=true",
                "-v=4",
                "--storage-backend=etcd3",
                "--runtime-config=api/all=true");
        assertEquals(
                List.of("--feature-gates=WatchList=true", "--runtime-config=api/all=true", "--v=4"),
                flags.withoutEffect());
        for (String refused : List.of(
                "--allow-privileged=false",
                "--authorization-mode=ABAC",
                "--authorization-mode=RBAC,RBAC",
                "--storage-backend=etcd2")) {
            assertThrows(IllegalArgumentException.class, () -> ServerFlags.parse(refused), refused);
        }
    }

    /// It has no certificate yet, checks of health need no name, and tokens of a file are known.
    @Test
    void aServerOfTheTestEnvironmentStarts() throws Exception {
        KeyPair keys = KeyPairs.rsa();
        Files.writeString(directory.resolve("sa.key"), Pem.encode(keys.getPrivate()));
        Files.writeString(directory.resolve("sa.pub"), Pem.encode(keys.getPublic()));
        CertificateAuthority clients = CertificateAuthority.create("clients", Duration.ofDays(1));
        Files.writeString(directory.resolve("ca.crt"), clients.identity().certificatePem());
        Files.writeString(directory.resolve("tokens"), """
                # who is who
                letmein,jane,7,"devs, ops"

                alone,joe,8
                """);
        try (MemoryStore store = new MemoryStore();
                ApiServer server = ServerStart.start(
                        store,
                        "--allow-privileged=true",
                        "--authorization-mode=Node,AlwaysAllow",
                        "--bind-address=127.0.0.1",
                        "--cert-dir=" + directory.resolve("made"),
                        "--client-ca-file=" + directory.resolve("ca.crt"),
                        "--disable-admission-plugins=ServiceAccount",
                        "--secure-port=0",
                        "--service-account-issuer=https://127.0.0.1:6443/",
                        "--service-account-key-file=" + directory.resolve("sa.pub"),
                        "--service-account-signing-key-file=" + directory.resolve("sa.key"),
                        "--service-cluster-ip-range=10.0.0.0/24",
                        "--token-auth-file=" + directory.resolve("tokens"));
                HttpClient client = HttpClient.newBuilder()
                        .sslContext(TlsContexts.client(
                                Pem.certificates(directory.resolve("made/apiserver.crt")), Optional.empty(), List.of()))
                        .build()) {
            String base = "https://127.0.0.1:" + server.address().getPort();
            assertEquals("ok", get(client, base + "/healthz", ""));
            String review = "/apis/authentication.k8s.io/v1/selfsubjectreviews";
            String jane = post(client, base + review, "letmein");
            assertTrue(jane.contains("\"jane\"") && jane.contains("\"devs\",\"ops\""), jane);
            assertTrue(jane.contains(UserInfo.AUTHENTICATED_GROUP), jane);
            assertTrue(get(client, base + "/api/v1/namespaces", "alone").contains("NamespaceList"));
            assertTrue(get(client, base + "/api/v1/namespaces", "unknown").contains("Unauthorized"));
        }
    }

    /// Without the authority of clients nobody would be asked who he is, and all would be allowed.
    @ParameterizedTest
    @ValueSource(strings = {"--authorization-mode=Node,RBAC", "--token-auth-file=tokens"})
    void whatRestrictsIsNotTakenWhereNothingIs(String flag) {
        try (MemoryStore store = new MemoryStore()) {
            IllegalArgumentException refused = assertThrows(
                    IllegalArgumentException.class,
                    () -> ServerStart.start(
                            store, "--bind-address=127.0.0.1", "--secure-port=0", "--cert-dir=" + directory, flag));
            assertEquals("--token-auth-file and --authorization-mode need --client-ca-file", refused.getMessage());
        }
    }

    private static String get(HttpClient client, String uri, String token) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(uri));
        if (!token.isEmpty()) {
            request.header("authorization", "Bearer " + token);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static String post(HttpClient client, String uri, String token) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(uri))
                .header("authorization", "Bearer " + token)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"SelfSubjectReview\"}"))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    /// A proxy that knows of no uids may let through one that its user wrote.
    @Test
    void aFrontProxyNamesUidsOnlyWhereAsked() {
        assertEquals(
                List.of(),
                ServerFlags.parse().authentication().frontProxy().names().uids());
        assertEquals(
                List.of("X-Uid"),
                ServerFlags.parse("--requestheader-uid-headers=X-Uid")
                        .authentication()
                        .frontProxy()
                        .names()
                        .uids());
    }
}
