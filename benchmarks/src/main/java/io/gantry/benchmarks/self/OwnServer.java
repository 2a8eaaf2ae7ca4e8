package io.gantry.benchmarks.self;

import io.gantry.benchmarks.http.Target;
import io.gantry.benchmarks.measure.ProcessUse;
import io.gantry.benchmarks.scenario.Bench;
import io.gantry.client.Kubeconfig;
import io.gantry.component.JvmLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Gantry's API server alone: embedded store, TLS, RBAC.
public final class OwnServer implements Bench.Restart, AutoCloseable {
    private static final String MAIN = "io.gantry.apiserver.ApiServerMain";

    private final Path directory;
    private final Path dist;
    private final Keys keys;
    private final int port;
    private final List<String> options;
    private ChildProcess process;
    private double startSeconds;

    /// Starts it, and returns when it is ready.
    ///
    /// @param dist the folder that `gantry build` makes
    /// @param options of the virtual machine, added
    public OwnServer(Path directory, Path dist, Keys keys, List<String> options) throws IOException {
        this.directory = directory;
        this.dist = dist;
        this.keys = keys;
        this.port = ChildProcess.freePort();
        this.options = List.copyOf(options);
        Target target = target();
        this.process = start();
        this.startSeconds = process.awaitAnswer(target, "/readyz");
    }

    private ChildProcess start() throws IOException {
        List<String> all = new ArrayList<>(options);
        all.add(JvmLayout.CARRIERS_OF_OUR_OWN);
        Path cache = dist.resolve("aot").resolve(MAIN + ".aot");
        if (Files.exists(cache)) {
            all.add("-XX:AOTCache=" + cache);
            all.add("-Xlog:aot=off,cds=off");
        }
        return ChildProcess.start(
                directory.resolve("apiserver.log"),
                ChildProcess.java(
                        all,
                        jar().toString(),
                        MAIN,
                        "--data-dir=" + directory.resolve("store"),
                        "--bind-address=127.0.0.1",
                        "--secure-port=" + port,
                        "--tls-cert-file=" + keys.file("server.crt"),
                        "--tls-private-key-file=" + keys.file("server.key"),
                        "--client-ca-file=" + keys.file("ca.crt"),
                        "--service-account-key-file=" + keys.file("sa.pub"),
                        "--service-account-signing-key-file=" + keys.file("sa.key")));
    }

    private Path jar() throws IOException {
        try (var files = Files.list(dist.resolve("lib"))) {
            return files.filter(file -> file.getFileName().toString().matches("apiserver-\\d.*\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("there is no API server in " + dist + ": ./gantry build"));
        }
    }

    /// As the administrator.
    public Target target() {
        return Target.of(kubeconfig());
    }

    Kubeconfig kubeconfig() {
        return keys.client(port, "admin", "system:masters");
    }

    @Override
    public ProcessUse use() {
        return process.use();
    }

    /// Seconds of the last start, until it was ready.
    public double startSeconds() {
        return startSeconds;
    }

    @Override
    public double restart(String path) throws IOException {
        process.close();
        Target target = target();
        process = start();
        startSeconds = process.awaitAnswer(target, path);
        return startSeconds;
    }

    @Override
    public void close() {
        process.close();
    }
}
