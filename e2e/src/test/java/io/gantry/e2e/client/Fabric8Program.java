package io.gantry.e2e.client;

import static io.gantry.e2e.client.Checks.await;
import static io.gantry.e2e.client.Checks.holds;
import static io.gantry.e2e.client.Checks.same;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.LocalPortForward;
import io.fabric8.kubernetes.client.dsl.ContainerResource;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import io.fabric8.kubernetes.client.dsl.LogWatch;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// fabric8's client in a cluster with a pod `two`.
final class Fabric8Program {
    private static final long SECONDS = 20;

    private final KubernetesClient client;
    private final String namespace;

    private Fabric8Program(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /// @param arguments the kubeconfig and the namespace
    public static void main(String[] arguments) {
        Checks checks = new Checks();
        Config config = Config.fromKubeconfig(new File(arguments[0]));
        try (KubernetesClient client =
                new KubernetesClientBuilder().withConfig(config).build()) {
            Fabric8Program program = new Fabric8Program(client, arguments[1]);
            checks.check("exec", program::exec);
            checks.check("exec with standard input", program::input);
            checks.check("attach", program::attach);
            checks.check("logs", program::logs);
            checks.check("port-forward", program::forward);
            checks.check("copies", program::copies);
            checks.check("leader election", program::election);
        }
        checks.end();
    }

    private ContainerResource container(String name) {
        return client.pods().inNamespace(namespace).withName("two").inContainer(name);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private void exec() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        try (ExecWatch exec = container("a")
                .writingOutput(out)
                .writingError(err)
                .exec("sh", "-c", "echo out; echo err >&2; exit 3")) {
            same(3, exec.exitCode().get(SECONDS, TimeUnit.SECONDS));
        }
        same("out\n", text(out));
        same("err\n", text(err));
    }

    private void input() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ExecWatch exec =
                container("a").redirectingInput().writingOutput(out).exec("head", "-n", "1")) {
            exec.getInput().write("typed\n".getBytes(StandardCharsets.UTF_8));
            exec.getInput().flush();
            same(0, exec.exitCode().get(SECONDS, TimeUnit.SECONDS));
        }
        same("typed\n", text(out));
    }

    private void attach() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ExecWatch attached = container("a").writingOutput(out).attach()) {
            await(() -> text(out).contains("tick"));
            holds(attached != null, text(out));
        }
    }

    private void logs() throws Exception {
        holds(container("a").getLog().startsWith("out-a\n"), "");
        same("tick", container("a").tailingLines(1).getLog().strip());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (LogWatch log = container("a").tailingLines(0).watchLog(out)) {
            await(() -> text(out).contains("tick\ntick"));
            holds(log != null, text(out));
        }
    }

    private void forward() throws Exception {
        try (LocalPortForward forward =
                        client.pods().inNamespace(namespace).withName("two").portForward(8080);
                HttpClient http = HttpClient.newHttpClient()) {
            for (int i = 0; i < 3; i++) {
                URI page = URI.create("http://127.0.0.1:" + forward.getLocalPort() + "/");
                same(
                        "page\n",
                        http.send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString())
                                .body());
            }
        }
    }

    private void copies() throws Exception {
        Path folder = Files.createTempDirectory("fabric8");
        Path sent = Files.writeString(folder.resolve("sent"), "content\n".repeat(20_000));
        holds(container("b").file("/tmp/sent").upload(sent), "upload");
        Path back = folder.resolve("back");
        holds(container("b").file("/tmp/sent").copy(back), "copy");
        same(Files.readString(sent), Files.readString(back));
        Files.delete(back);
        Files.delete(sent);
        Files.delete(folder);
    }

    private void election() throws Exception {
        CompletableFuture<Boolean> leading = new CompletableFuture<>();
        CompletableFuture<?> running = client.leaderElector()
                .withConfig(new LeaderElectionConfigBuilder()
                        .withName("fabric8")
                        .withLock(new LeaseLock(namespace, "fabric8", "me"))
                        .withLeaseDuration(Duration.ofSeconds(6))
                        .withRenewDeadline(Duration.ofSeconds(4))
                        .withRetryPeriod(Duration.ofMillis(300))
                        .withReleaseOnCancel(true)
                        .withLeaderCallbacks(
                                new LeaderCallbacks(() -> leading.complete(true), () -> {}, identity -> {}))
                        .build())
                .build()
                .start();
        same(true, leading.get(SECONDS, TimeUnit.SECONDS));
        same(
                "me",
                client.leases()
                        .inNamespace(namespace)
                        .withName("fabric8")
                        .get()
                        .getSpec()
                        .getHolderIdentity());
        running.cancel(true);
    }
}
