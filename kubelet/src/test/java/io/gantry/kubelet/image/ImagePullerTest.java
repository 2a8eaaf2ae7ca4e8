package io.gantry.kubelet.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import io.gantry.api.KubernetesObject;
import io.gantry.api.core.v1.endpoints.ObjectReference;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.secret.Secret;
import io.gantry.client.event.EventSink;
import io.gantry.kubelet.cluster.EmptyCluster;
import io.gantry.kubelet.cluster.PodEvents;
import io.gantry.kubelet.credential.CredentialPlugins;
import io.gantry.kubelet.credential.CredentialProviders;
import io.gantry.kubelet.credential.PodAccounts;
import io.gantry.kubelet.credential.ServiceAccountName;
import io.gantry.kubelet.image.ImagePuller.Wanted;
import io.gantry.kubelet.pod.StartFailure;
import io.gantry.kubelet.runtime.DnsSpec;
import io.gantry.kubelet.runtime.LinuxResources;
import io.gantry.kubelet.runtime.PlainSecurity;
import io.gantry.kubelet.runtime.PodIdentity;
import io.gantry.kubelet.runtime.SandboxSpec;
import io.gantry.kubelet.runtime.SecuritySpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Pods of two namespaces and a registry that wants a password.
class ImagePullerTest {
    private static final String IMAGE = "reg.io/x:1";
    private static final SandboxSpec SANDBOX = new SandboxSpec(
            new PodIdentity("ns", "p", "u"),
            0,
            "",
            "",
            DnsSpec.NONE,
            List.of(),
            Map.of(),
            Map.of(),
            "",
            Map.of(),
            PlainSecurity.of(new SecuritySpec.Namespaces(true, false, false, false, "")),
            LinuxResources.NONE,
            "");

    @TempDir
    private Path root;

    private final PrivateRegistry registry = new PrivateRegistry();
    private final Map<String, Secret> secrets = new HashMap<>();
    private final List<String> events = new ArrayList<>();
    private Instant now = Instant.EPOCH;
    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    private CredentialProviders providers = CredentialProviders.NONE;
    private Optional<ImagePuller> puller = Optional.empty();

    @BeforeEach
    void begin() throws IOException {
        start(VerificationPolicy.Kind.NEVER_VERIFY_PRELOADED_IMAGES);
        has("a", "right");
        has("b", "right");
        has("wrong", "wrong");
    }

    private void start(VerificationPolicy.Kind policy) throws IOException {
        PullRecords records = PullRecords.under(root, new VerificationPolicy(policy, List.of()), registry, clock);
        puller = Optional.of(new ImagePuller(
                registry,
                new Secrets(),
                new CredentialPlugins(providers, new Accounts(), clock),
                new PodEvents(new Events()),
                records,
                clock));
    }

    private void has(String namespace, String password) {
        secrets.put(namespace, PrivateRegistry.password(namespace, "key", "uid-" + namespace, password));
    }

    /// Each namespace has one.
    private static final class Accounts implements PodAccounts {
        @Override
        public boolean has(Pod pod) {
            return true;
        }

        @Override
        public Account account(Pod pod) {
            String namespace = String.valueOf(pod.metadata().namespace());
            return new Account(new ServiceAccountName("uid-" + namespace, namespace, "default"), namespace, Map.of());
        }

        @Override
        public String token(Pod pod, String audience) {
            return "token";
        }
    }

    /// A program of the node that says the same password for every image.
    private void nodeKnows(String password) throws IOException {
        nodeKnows(password, "");
    }

    private void nodeKnows(String password, String more) throws IOException {
        Path program = Files.writeString(root.resolve("node-login"), """
                #!/bin/sh
                echo '{"kind":"CredentialProviderResponse","apiVersion":"credentialprovider.kubelet.k8s.io/v1",
                "cacheKeyType":"Image","auth":{"reg.io":{"username":"u","password":"%s"}}}'
                """.formatted(password));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        Path config = Files.writeString(root.resolve("providers.yaml"), """
                apiVersion: kubelet.config.k8s.io/v1
                kind: CredentialProviderConfig
                providers:
                - name: node-login
                  apiVersion: credentialprovider.kubelet.k8s.io/v1
                  matchImages: ["*.io"]
                  defaultCacheDuration: 0s
                """ + more);
        providers = CredentialProviders.of(Optional.of(config), Optional.of(root));
        start(VerificationPolicy.Kind.NEVER_VERIFY_PRELOADED_IMAGES);
    }

    private final class Secrets extends EmptyCluster {
        @Override
        public Optional<Secret> secret(String namespace, String name) {
            return Optional.ofNullable(secrets.get(namespace));
        }
    }

    private final class Events implements EventSink {
        @Override
        public void event(KubernetesObject regarding, String type, String reason, String message) {
            events.add(message);
        }

        @Override
        public void event(ObjectReference regarding, String type, String reason, String message) {
            events.add(message);
        }
    }

    private static Pod pod(String namespace) {
        String spec = "{'imagePullSecrets':[{'name':'key'}],'containers':[{'name':'c'}]}";
        return Json.MAPPER.readValue(
                ("{'metadata':{'name':'p','namespace':'" + namespace + "','uid':'" + namespace + "'},'spec':" + spec
                                + "}")
                        .replace('\'', '"'),
                Pod.class);
    }

    private void starts(String namespace, String image, String policy) throws StartFailure {
        puller.orElseThrow().ensure(pod(namespace), new Wanted(image, policy, "spec.containers{c}"), SANDBOX);
    }

    private String refused(String namespace, String policy) {
        StartFailure failure = assertThrows(StartFailure.class, () -> starts(namespace, IMAGE, policy));
        return failure.reason() + ": " + failure.message();
    }

    private void laterOn() {
        now = now.plus(Duration.ofHours(1));
    }

    @Test
    void anotherNamespaceDoesNotGetWhatASecretBrought() throws Exception {
        starts("a", IMAGE, "IfNotPresent");
        assertEquals("ErrImagePull: 401 Unauthorized", refused("none", "IfNotPresent"));
        assertEquals(
                "ImagePullBackOff: Back-off pulling image \"" + IMAGE + "\": ErrImagePull: 401 Unauthorized",
                refused("none", "IfNotPresent"));
        assertEquals("ErrImagePull: 401 Unauthorized", refused("wrong", "IfNotPresent"));
        assertEquals(List.of(IMAGE + " right", IMAGE + " nobody", IMAGE + " wrong"), registry.pulls);
        starts("a", IMAGE, "IfNotPresent");
        starts("b", IMAGE, "IfNotPresent");
        starts("b", IMAGE, "Never");
        assertEquals(3, registry.pulls.size());
        assertEquals(
                "Container image \"" + IMAGE + "\" already present on machine and can be accessed by the pod",
                events.getLast());
        assertTrue(puller.orElseThrow()
                .metrics()
                .contains("kubelet_image_manager_ensure_image_requests_total{pull_policy=\"ifnotpresent\","
                        + "present_locally=\"true\",pull_required=\"false\"} 2"));
    }

    @Test
    void anImageThatThePodMayNotUseIsNotToldFromOneThatIsNotThere() throws Exception {
        String notThere =
                "ErrImageNeverPull: Container image \"" + IMAGE + "\" is not present with pull policy of Never";
        assertEquals(notThere, refused("none", "Never"));
        starts("a", IMAGE, "IfNotPresent");
        assertEquals(notThere, refused("none", "Never"));
        starts("a", IMAGE, "Never");
    }

    @Test
    void whoShowsItsOwnCredentialsMayFromThenOn() throws Exception {
        starts("a", IMAGE, "IfNotPresent");
        has("b", "other");
        registry.alsoTakes("other");
        starts("b", IMAGE, "IfNotPresent");
        starts("b", IMAGE, "IfNotPresent");
        assertEquals(List.of(IMAGE + " right", IMAGE + " other"), registry.pulls);
    }

    @Test
    void aNewKubeletKnowsIt() throws Exception {
        starts("a", IMAGE, "IfNotPresent");
        start(VerificationPolicy.Kind.NEVER_VERIFY_PRELOADED_IMAGES);
        assertEquals("ErrImagePull: 401 Unauthorized", refused("none", "IfNotPresent"));
        starts("a", IMAGE, "IfNotPresent");
    }

    @Test
    void whatIsEverybodysOrWasPutThereIsForAll() throws Exception {
        starts("none", "reg.io/public/y:1", "IfNotPresent");
        starts("none", "reg.io/public/y:1", "Never");
        registry.load(IMAGE);
        starts("none", IMAGE, "IfNotPresent");
        starts("none", IMAGE, "Never");
        assertEquals(List.of("reg.io/public/y:1 nobody"), registry.pulls);
    }

    @Test
    void whatTheNodeBringsIsForAllOfItsPods() throws Exception {
        nodeKnows("right");
        starts("none", IMAGE, "IfNotPresent");
        starts("c", IMAGE, "Never");
        assertEquals(List.of(IMAGE + " right"), registry.pulls);
    }

    @Test
    void theNodeIsAskedAfterThePodsSecrets() throws Exception {
        nodeKnows("right");
        starts("wrong", IMAGE, "IfNotPresent");
        assertEquals(List.of(IMAGE + " wrong", IMAGE + " right"), registry.pulls);
        starts("none", IMAGE, "Never");
    }

    @Test
    void aSecretThatServesIsStillThePodsAlone() throws Exception {
        nodeKnows("stale");
        starts("a", IMAGE, "IfNotPresent");
        assertEquals("ErrImagePull: 401 Unauthorized", refused("none", "IfNotPresent"));
        assertEquals(List.of(IMAGE + " right", IMAGE + " stale"), registry.pulls);
    }

    @Test
    void whatAServiceAccountsTokenBringsIsForItsPods() throws Exception {
        nodeKnows("right", """
                  tokenAttributes: {serviceAccountTokenAudience: reg, cacheType: Token, requireServiceAccount: true}
                """);
        starts("none", IMAGE, "IfNotPresent");
        starts("none", IMAGE, "Never");
        String notThere =
                "ErrImageNeverPull: Container image \"" + IMAGE + "\" is not present with pull policy of Never";
        assertEquals(notThere, refused("c", "Never"));
        starts("c", IMAGE, "IfNotPresent");
        starts("c", IMAGE, "Never");
        assertEquals(List.of(IMAGE + " right", IMAGE + " right"), registry.pulls);
    }

    @Test
    void policiesWidenAndNarrowIt() throws Exception {
        registry.load(IMAGE);
        start(VerificationPolicy.Kind.ALWAYS_VERIFY);
        assertEquals("ErrImagePull: 401 Unauthorized", refused("none", "IfNotPresent"));
        starts("a", IMAGE, "IfNotPresent");
        start(VerificationPolicy.Kind.NEVER_VERIFY);
        starts("none", IMAGE, "IfNotPresent");
    }

    @Test
    void aFullDiskFailsThePullWithItsWords() throws Exception {
        Path pulling = root.resolve("image_manager/pulling");
        Files.delete(pulling);
        Files.writeString(pulling, "in the way");
        assertTrue(refused("a", "IfNotPresent")
                .startsWith(
                        "ErrImagePull: Failed to record image pull intent for container image \"" + IMAGE + "\": "));
        assertEquals(List.of(), registry.pulls);
        Files.delete(pulling);
        Files.createDirectory(pulling);
        laterOn();
        starts("a", IMAGE, "IfNotPresent");
    }
}
