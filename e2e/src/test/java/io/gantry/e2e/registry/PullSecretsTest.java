package io.gantry.e2e.registry;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.e2e.cluster.FaultyCluster;
import io.gantry.e2e.cluster.TestCluster;
import io.gantry.e2e.kubectl.Kubectl;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Teams of three namespaces on one node and a registry that wants a password (KEP-2535): who lacks one
/// does not get what another's brought, also after the kubelet was killed; images that were loaded are
/// everybody's still.
@Order(8)
@FaultyCluster
class PullSecretsTest {
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final String HERS = "pulls-hers";
    private static final String HIS = "pulls-his";
    private static final String THEIRS = "pulls-theirs";

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
            refused(kubectl, "without", "ImagePullBackOff");
            run(kubectl, HIS, "never", image, "Never");
            refused(kubectl, "never", "ErrImageNeverPull");

            run(kubectl, THEIRS, "own", image, "IfNotPresent");
            says(kubectl, THEIRS, "own", "Successfully pulled image");

            cluster.kill("kubelet", SOON);
            run(kubectl, HIS, "later", image, "IfNotPresent");
            refused(kubectl, "later", "ImagePullBackOff");
            password(kubectl, HIS, LocalRegistry.USERS.getFirst());
            run(kubectl, HIS, "with", image, "IfNotPresent");
            says(kubectl, HIS, "with", "already present on machine and can be accessed by the pod");
        } finally {
            List.of(HERS, HIS, THEIRS).forEach(name -> kubectl.must("delete", "namespace", name, "--wait=false"));
        }
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
        kubectl.must("wait", "-n", namespace, "--for=condition=Ready", "pod/" + pod, "--timeout=90s");
        String described = kubectl.must("describe", "pod", pod, "-n", namespace);
        assertTrue(described.contains(message), described);
    }

    private static void refused(Kubectl kubectl, String pod, String reason) {
        await(pod)
                .atMost(SOON)
                .until(() -> kubectl.must(
                                "get",
                                "pod",
                                pod,
                                "-n",
                                HIS,
                                "-o",
                                "jsonpath={.status.containerStatuses[0].state.waiting.reason}")
                        .equals(reason));
    }
}
