package io.gantry.kubelet.cri;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A containerd of the test's own, with a pause and a shell image. Fails where the host lacks what it needs.
final class ContainerdInstance implements AutoCloseable {
    static final String SHELL = "localhost/shell:1";
    private static final String PAUSE = "localhost/pause:1";
    private static final List<String> NEEDED =
            List.of("/usr/bin/containerd", "/usr/bin/ctr", "/usr/sbin/runc", "/usr/bin/catatonit", "/bin/busybox");

    private final Path root;
    private final Path socket;
    private final Process process;

    ContainerdInstance(Path root) throws IOException, InterruptedException {
        for (String file : NEEDED) {
            if (!Files.isExecutable(Path.of(file))) {
                throw new IllegalStateException(
                        file + " is missing: install containerd, runc, catatonit and busybox-static");
            }
        }
        this.root = root;
        this.socket = root.resolve("c.sock");
        Path config = root.resolve("config.toml");
        Files.writeString(config, config());
        this.process = new ProcessBuilder("/usr/bin/containerd", "-c", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(root.resolve("containerd.log").toFile())
                .start();
        await().atMost(Duration.ofSeconds(30)).until(() -> ctr("version") == 0);
        importImage(
                PAUSE,
                Map.of("Entrypoint", List.of("/catatonit", "-P")),
                Map.of("catatonit", Files.readAllBytes(Path.of("/usr/bin/catatonit"))));
        byte[] link = "->busybox".getBytes(StandardCharsets.UTF_8);
        importImage(
                SHELL,
                Map.of("Cmd", List.of("sh"), "Env", List.of("PATH=/bin")),
                Map.of(
                        "bin/busybox", Files.readAllBytes(Path.of("/bin/busybox")),
                        "bin/sh", link,
                        "bin/true", link,
                        "bin/sleep", link));
    }

    private String config() {
        return """
                version = 2
                root = "%1$s/root"
                state = "%1$s/state"
                [grpc]
                  address = "%2$s"
                [plugins."io.containerd.grpc.v1.cri"]
                  sandbox_image = "%3$s"
                  restrict_oom_score_adj = true
                  disable_apparmor = true
                  [plugins."io.containerd.grpc.v1.cri".cni]
                    conf_dir = "%1$s/cni"
                """.formatted(root, socket, PAUSE);
    }

    private void importImage(String name, Map<String, Object> config, Map<String, byte[]> files)
            throws IOException, InterruptedException {
        Path archive = root.resolve("image.tar");
        OciImage.write(archive, name, config, files);
        if (ctr("-n", "k8s.io", "images", "import", archive.toString()) != 0) {
            throw new IllegalStateException("cannot import " + name + ": " + Files.readString(root.resolve("ctr.log")));
        }
    }

    private int ctr(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("/usr/bin/ctr", "-a", socket.toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(root.resolve("ctr.log").toFile())
                .start()
                .waitFor();
    }

    Path socket() {
        return socket;
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
