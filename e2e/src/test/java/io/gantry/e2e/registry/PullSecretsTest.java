package io.gantry.e2e.registry;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.e2e.cluster.FaultyCluster;
import io.gantry.e2e.cluster.TestCluster;
import io.gantry.e2e.kubectl.Kubectl;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Teams of three namespaces on one node and a registry that wants a password (KEP-2535): who lacks one
/// does not get what another's brought, also after the kubelet was killed; images that were loaded are
/// everybody's still. A credential provider of the node may know the password instead (KEP-2133).
@Order(8)
@FaultyCluster
class PullSecretsTest {
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final String HERS = "pulls-hers";
    private static final String HIS = "pulls-his";
    private static final String THEIRS = "pulls-theirs";
    private static final String NODE_HERS = "pulls-node-hers";
    private static final String NODE_HIS = "pulls-node-his";
    private static final String TOKEN_HERS = "pulls-token-hers";
    private static final String TOKEN_HIS = "pulls-token-his";

    private static final String NODES_ASK_FOR_TOKENS = """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: registry-tokens}
            rules:
            - {apiGroups: [""], resources: [registry], verbs: [request-serviceaccounts-token-audience]}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: registry-tokens}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: registry-tokens}
            subjects: [{apiGroup: rbac.authorization.k8s.io, kind: Group, name: "system:nodes"}]
            """;

    @TempDir
    private Path folder;

    @Test
    void anImageIsForThoseWhoShowAPassword(TestCluster cluster) throws Exception {
        Kubectl kubectl = cluster.kubectl();
        List.of(HERS, HIS, THEIRS).forEach(kubectl::inNewNamespace);
        try (LocalRegistry registry = LocalRegistry.startPrivate(cluster, folder)) {
            String image = registry.push(TestCluster.BUSYBOX);
            password(kubectl, HERS, LocalRegistry.USERS.getFirst());
            password(kubectl, THEIRS, LocalRegistry.USERS.getLast());

            run(kubectl, HERS, "first", image, "IfNotPresent");
            says(kubectl, HERS, "first", "Successfully pulled image");
            run(kubectl, HERS, "again", image, "Never");
            says(kubectl, HERS, "again", "already present on machine and can be accessed by the pod");

            run(kubectl, HIS, "loaded", TestCluster.BUSYBOX, "IfNotPresent");
            says(kubectl, HIS, "loaded", "already present on machine");
            run(kubectl, HIS, "without", image, "IfNotPresent");
            refused(kubectl, HIS, "without", "ImagePullBackOff");
            run(kubectl, HIS, "never", image, "Never");
            refused(kubectl, HIS, "never", "ErrImageNeverPull");

            run(kubectl, THEIRS, "own", image, "IfNotPresent");
            says(kubectl, THEIRS, "own", "Successfully pulled image");

            cluster.kill("kubelet", SOON);
            run(kubectl, HIS, "later", image, "IfNotPresent");
            refused(kubectl, HIS, "later", "ImagePullBackOff");
            password(kubectl, HIS, LocalRegistry.USERS.getFirst());
            run(kubectl, HIS, "with", image, "IfNotPresent");
            says(kubectl, HIS, "with", "already present on machine and can be accessed by the pod");
        } finally {
            List.of(HERS, HIS, THEIRS).forEach(name -> kubectl.must("delete", "namespace", name, "--wait=false"));
        }
    }

    /// A program of the node that knows the password: pods need no secret, and what it brings is for all of them.
    @Test
    void aCredentialProviderPullsForAllPodsOfTheNode(TestCluster cluster) throws Exception {
        Kubectl kubectl = cluster.kubectl();
        List.of(NODE_HERS, NODE_HIS).forEach(kubectl::inNewNamespace);
        Path config = provider("https://index.docker.io/v1/", "127.0.0.1:5000");
        try (LocalRegistry registry = LocalRegistry.startPrivate(cluster, folder)) {
            String image = registry.pushAs(TestCluster.BUSYBOX, "node/busybox:1");
            run(kubectl, NODE_HIS, "before", image, "IfNotPresent");
            refused(kubectl, NODE_HIS, "before", "ImagePullBackOff");
            kubectl.must("delete", "pod", "before", "-n", NODE_HIS); // it would pull before the next one can
            up(
                    cluster,
                    "kubelet.image-credential-provider-config=" + config,
                    "kubelet.image-credential-provider-bin-dir=" + folder.resolve("bin"));
            run(kubectl, NODE_HIS, "asked", image, "IfNotPresent");
            says(kubectl, NODE_HIS, "asked", "Successfully pulled image");
            run(kubectl, NODE_HERS, "shared", image, "Never");
            says(kubectl, NODE_HERS, "shared", "already present on machine and can be accessed by the pod");
            String request = Files.readString(folder.resolve("request"));
            assertTrue(request.contains("\"image\":\"127.0.0.1:5000/node/busybox\""), request);
        } finally {
            List.of(NODE_HERS, NODE_HIS).forEach(name -> kubectl.must("delete", "namespace", name, "--wait=false"));
            cluster.gantry("up", "--extra-config", "none").ok(List.of("up", "--extra-config", "none"));
        }
    }

    /// What the token of a service account brings is for its pods alone (KEP-4412).
    @Test
    void aCredentialProviderIsShownThePodsServiceAccount(TestCluster cluster) throws Exception {
        Kubectl kubectl = cluster.kubectl();
        List.of(TOKEN_HERS, TOKEN_HIS).forEach(kubectl::inNewNamespace);
        String role = "registry.example/role=puller";
        await().atMost(SOON)
                .until(() -> kubectl.run("annotate", "serviceaccount", "default", "-n", TOKEN_HERS, role)
                                .code()
                        == 0);
        kubectl.mustWith(NODES_ASK_FOR_TOKENS, "apply", "-f", "-");
        Path config = provider("127.0.0.1:5000");
        Files.writeString(config, """
                  tokenAttributes:
                    serviceAccountTokenAudience: registry
                    cacheType: ServiceAccount
                    requireServiceAccount: true
                    requiredServiceAccountAnnotationKeys: [registry.example/role]
                """, StandardOpenOption.APPEND);
        try (LocalRegistry registry = LocalRegistry.startPrivate(cluster, folder)) {
            String image = registry.pushAs(TestCluster.BUSYBOX, "token/busybox:1");
            up(
                    cluster,
                    "kubelet.image-credential-provider-config=" + config,
                    "kubelet.image-credential-provider-bin-dir=" + folder.resolve("bin"));
            run(kubectl, TOKEN_HERS, "asked", image, "Always");
            says(kubectl, TOKEN_HERS, "asked", "Successfully pulled image");
            run(kubectl, TOKEN_HERS, "again", image, "Never");
            says(kubectl, TOKEN_HERS, "again", "already present on machine and can be accessed by the pod");
            run(kubectl, TOKEN_HIS, "not-asked", image, "Never");
            refused(kubectl, TOKEN_HIS, "not-asked", "ErrImageNeverPull");
            String request = Files.readString(folder.resolve("request"));
            assertTrue(
                    request.contains("\"serviceAccountAnnotations\":{\"registry.example/role\":\"puller\"}"), request);
            String claims = request.replaceFirst("(?s).*\"serviceAccountToken\":\"[^.]*\\.([^.]*).*", "$1");
            String said = new String(Base64.getUrlDecoder().decode(claims), StandardCharsets.UTF_8);
            assertTrue(said.contains("\"aud\":[\"registry\"]"), said);
            assertTrue(said.contains("system:serviceaccount:" + TOKEN_HERS + ":default"), said);
        } finally {
            List.of(TOKEN_HERS, TOKEN_HIS).forEach(name -> kubectl.must("delete", "namespace", name, "--wait=false"));
            kubectl.mustWith(NODES_ASK_FOR_TOKENS, "delete", "-f", "-");
            cluster.gantry("up", "--extra-config", "none").ok(List.of("up", "--extra-config", "none"));
        }
    }

    /// A configuration of one provider, whose program is written too.
    private Path provider(String... registries) throws Exception {
        Path program = Files.createDirectories(folder.resolve("bin")).resolve("node-login");
        String auth = Stream.of(registries)
                .map(registry -> "\"%s\":{\"username\":\"%s\",\"password\":\"%s\"}"
                        .formatted(registry, LocalRegistry.USERS.getFirst(), LocalRegistry.PASSWORD))
                .collect(Collectors.joining(","));
        Files.writeString(program, """
                #!/bin/sh
                cat >"$1"
                echo '{"kind":"CredentialProviderResponse","apiVersion":"credentialprovider.kubelet.k8s.io/v1",
                "cacheKeyType":"Registry","cacheDuration":"5m","auth":{%s}}'
                """.formatted(auth));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return Files.writeString(folder.resolve("providers.yaml"), """
                apiVersion: kubelet.config.k8s.io/v1
                kind: CredentialProviderConfig
                providers:
                - name: node-login
                  apiVersion: credentialprovider.kubelet.k8s.io/v1
                  matchImages: ["127.0.0.1:5000"]
                  defaultCacheDuration: 10m
                  args: [%s]
                """.formatted(folder.resolve("request")));
    }

    private static void up(TestCluster cluster, String... flags) {
        List<String> words = new ArrayList<>(List.of("up"));
        Stream.of(flags).forEach(flag -> words.addAll(List.of("--extra-config", flag)));
        cluster.gantry(words.toArray(String[]::new)).ok(words);
    }

    private static void password(Kubectl kubectl, String namespace, String user) {
        kubectl.must(
                "create",
                "secret",
                "docker-registry",
                "key",
                "-n",
                namespace,
                "--docker-server=127.0.0.1:5000",
                "--docker-username=" + user,
                "--docker-password=" + LocalRegistry.PASSWORD);
    }

    private static void run(Kubectl kubectl, String namespace, String name, String image, String policy) {
        kubectl.must(
                "run",
                name,
                "-n",
                namespace,
                "--image=" + image,
                "--image-pull-policy=" + policy,
                "--overrides={\"spec\":{\"imagePullSecrets\":[{\"name\":\"key\"}],\"terminationGracePeriodSeconds\":0}}",
                "--command",
                "--",
                "sleep",
                "3600");
    }

    private static void says(Kubectl kubectl, String namespace, String pod, String message) {
        boolean ready = kubectl.run("wait", "-n", namespace, "--for=condition=Ready", "pod/" + pod, "--timeout=90s")
                        .code()
                == 0;
        String described = kubectl.must("describe", "pod", pod, "-n", namespace);
        assertTrue(ready, described);
        assertTrue(described.contains(message), described);
    }

    private static void refused(Kubectl kubectl, String namespace, String pod, String reason) {
        await(pod)
                .atMost(SOON)
                .until(() -> kubectl.must(
                                "get",
                                "pod",
                                pod,
                                "-n",
                                namespace,
                                "-o",
                                "jsonpath={.status.containerStatuses[0].state.waiting.reason}")
                        .equals(reason));
    }
}
