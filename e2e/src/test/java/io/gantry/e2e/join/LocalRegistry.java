package io.gantry.e2e.join;

import static org.awaitility.Awaitility.await;

import io.gantry.e2e.cluster.TestCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/// Debian's docker-registry on a machine of the test, filled from its containerd.
final class LocalRegistry implements AutoCloseable {
    private static final int PORT = 5000;

    private final TestCluster cluster;
    private final Process process;

    private LocalRegistry(TestCluster cluster, Process process) {
        this.cluster = cluster;
        this.process = process;
    }

    static LocalRegistry start(TestCluster cluster, Path folder) throws Exception {
        Path config = folder.resolve("registry.yml");
        Files.writeString(config, """
                version: 0.1
                storage: {filesystem: {rootdirectory: %s}}
                http: {addr: "%s:%d"}
                """.formatted(
                        folder.resolve("registry"), cluster.machine().address(), PORT));
        Process process = new ProcessBuilder(cluster.machine().words("docker-registry", "serve", config.toString()))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("registry.log").toFile())
                .start();
        LocalRegistry registry = new LocalRegistry(cluster, process);
        await().until(() -> cluster.machine()
                        .run(Duration.ofSeconds(5), Map.of(), "", "curl", "-s", registry.url() + "/v2/")
                        .code()
                == 0);
        return registry;
    }

    String url() {
        return "http://" + cluster.machine().address() + ":" + PORT;
    }

    /// Copies an image of docker.io from the cluster's containerd.
    void push(String reference) {
        String name = cluster.machine().address() + ":" + PORT + reference.substring("docker.io".length());
        ctr("images", "tag", "--force", reference, name);
        ctr("images", "push", "--plain-http", name);
        ctr("images", "remove", name);
    }

    private void ctr(String... arguments) {
        String[] words = new String[arguments.length + 5];
        String socket = cluster.runFolder().resolve("containerd.sock").toString();
        System.arraycopy(new String[] {"ctr", "--address", socket, "--namespace", "k8s.io"}, 0, words, 0, 5);
        System.arraycopy(arguments, 0, words, 5, arguments.length);
        cluster.machine().must(words);
    }

    @Override
    public void close() throws Exception {
        process.destroy();
        process.waitFor();
    }
}
