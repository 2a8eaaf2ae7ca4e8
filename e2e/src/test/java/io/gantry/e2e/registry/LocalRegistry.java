package io.gantry.e2e.registry;

import static org.awaitility.Awaitility.await;

import io.gantry.e2e.cluster.TestCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Debian's docker-registry on a machine of the test, filled from its containerd.
public final class LocalRegistry implements AutoCloseable {
    /// Who may use a private one, with the password `pull-it`.
    static final List<String> USERS = List.of("one", "two");

    static final String PASSWORD = "pull-it";
    private static final String HASH = "$2y$05$abcdefghijklmnopqrstuuzJGqHzRFF01TM2mUNAHSfMLkHT2rbxC";
    private static final int PORT = 5000;

    private final TestCluster cluster;
    private final String host;
    private final Process process;

    private LocalRegistry(TestCluster cluster, String host, Process process) {
        this.cluster = cluster;
        this.host = host;
        this.process = process;
    }

    /// One that other machines reach, for everybody.
    public static LocalRegistry start(TestCluster cluster, Path folder) throws Exception {
        return start(cluster, cluster.machine().address() + ":" + PORT, folder, "");
    }

    /// One for [#USERS], on the loopback of the cluster's machine: containerd takes it without TLS there.
    static LocalRegistry startPrivate(TestCluster cluster, Path folder) throws Exception {
        Path users = folder.resolve("htpasswd");
        Files.write(users, USERS.stream().map(user -> user + ":" + HASH).toList());
        return start(cluster, "127.0.0.1:" + PORT, folder, "auth: {htpasswd: {realm: test, path: " + users + "}}");
    }

    private static LocalRegistry start(TestCluster cluster, String host, Path folder, String more) throws Exception {
        Path config = folder.resolve("registry.yml");
        Files.writeString(config, """
                version: 0.1
                storage: {filesystem: {rootdirectory: %s}}
                http: {addr: "%s"}
                %s
                """.formatted(folder.resolve("registry"), host, more));
        Process process = new ProcessBuilder(cluster.machine().words("docker-registry", "serve", config.toString()))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("registry.log").toFile())
                .start();
        LocalRegistry registry = new LocalRegistry(cluster, host, process);
        await().until(() -> cluster.machine()
                        .run(Duration.ofSeconds(5), Map.of(), "", "curl", "-s", registry.url() + "/v2/")
                        .code()
                == 0);
        return registry;
    }

    public String url() {
        return "http://" + host;
    }

    /// Copies an image from the cluster's containerd and leaves none of it there under its new name.
    ///
    /// @return the new name
    public String push(String reference) {
        return pushAs(reference, reference.substring(reference.indexOf('/') + 1));
    }

    /// The same under another name there, with a tag.
    String pushAs(String reference, String path) {
        String name = host + "/" + path;
        ctr("images", "tag", "--force", reference, name);
        ctr("images", "push", "--plain-http", "--user", USERS.getFirst() + ":" + PASSWORD, name);
        ctr("images", "remove", name);
        return name;
    }

    private void ctr(String... arguments) {
        String socket = cluster.runFolder().resolve("containerd.sock").toString();
        List<String> words = new ArrayList<>(List.of("ctr", "--address", socket, "--namespace", "k8s.io"));
        words.addAll(Arrays.asList(arguments));
        cluster.machine().must(words.toArray(String[]::new));
    }

    @Override
    public void close() throws Exception {
        process.destroy();
        process.waitFor();
    }
}
