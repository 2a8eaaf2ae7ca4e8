package io.gantry.cli.node;

import io.gantry.cli.CliException;
import io.gantry.cli.Progress;
import io.gantry.cli.cluster.ClusterLayout;
import io.gantry.cli.host.Command;
import io.gantry.cli.supervisor.Supervisor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/// A small life of a cluster that `up` made, with real containers of the pause image, at whose end each process writes
/// its AOT cache: what a cache is good for is what was done while it was made. Needs root, the host's packages and a
/// network namespace of its own.
public final class AotTraining implements AutoCloseable {
    private static final String ADDRESS = "198.18.0.1";
    private static final Duration DUMP_LIMIT = Duration.ofSeconds(120);

    static final String NODE = "training";

    private final ClusterLayout layout;

    private AotTraining(ClusterLayout layout) {
        this.layout = layout;
    }

    /// Makes room for a cluster; what is started from now on replaces its cache when it ends.
    public static AotTraining prepare() throws IOException {
        Command.must(10, "ip", "link", "set", "lo", "up");
        Command.must(10, "ip", "link", "add", "eth0", "type", "veth", "peer", "name", "cable");
        Command.must(10, "ip", "link", "set", "cable", "up");
        Command.must(10, "ip", "addr", "add", ADDRESS + "/24", "dev", "eth0");
        Command.must(10, "ip", "link", "set", "eth0", "up");
        Path data = Files.createTempDirectory("gantry-training");
        // the user's own kubeconfig is none of this cluster's business
        System.setProperty("user.home", data.toString());
        System.setProperty(JavaCommand.TRAINING, "true");
        Files.createDirectories(JavaCommand.APISERVER.aotCache().getParent());
        return new AotTraining(new ClusterLayout(data));
    }

    /// What `up` is told.
    public List<String> upArguments() {
        return List.of("--data-dir", layout.data().toString(), "--node-name", NODE, "--node-ip", ADDRESS);
    }

    /// What `status` is told.
    public List<String> statusArguments() {
        return List.of("--data-dir", layout.data().toString());
    }

    /// Lets the cluster do what clusters do ([TrainingLife]).
    public void live() throws IOException, InterruptedException {
        Process life = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-D" + JavaCommand.TRAINING + "=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        TrainingLife.class.getName(),
                        layout.data().toString())
                .inheritIO()
                .start();
        if (life.waitFor() != 0) {
            throw new CliException("the cluster did not do what its caches are made by");
        }
    }

    /// A process writes its cache at a normal end, for which SIGTERM will do: the supervisor first, which would
    /// start the others again.
    @Override
    public void close() throws IOException, InterruptedException {
        end(NodeStatus.supervisorPid(layout).flatMap(ProcessHandle::of).stream().toList());
        end(Supervisor.survivors(layout.supervisorState()).stream()
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .filter(AotTraining::isOurs)
                .toList());
        new NodeStop(layout, new Progress(System.out)).run(true);
    }

    /// @throws CliException where a process left no cache
    public static void check() {
        Stream.concat(JavaCommand.ALL.stream(), Stream.of(JavaCommand.SIMULATED_NODES))
                .map(JavaCommand::aotCache)
                .filter(cache -> !Files.exists(cache))
                .findFirst()
                .ifPresent(cache -> {
                    throw new CliException("a process ended without its cache " + cache);
                });
    }

    private static boolean isOurs(ProcessHandle process) {
        return process.info().command().orElse("").endsWith("/java");
    }

    private static void end(List<ProcessHandle> processes) throws InterruptedException {
        processes.forEach(ProcessHandle::destroy);
        for (ProcessHandle process : processes) {
            try {
                process.onExit().get(DUMP_LIMIT.toSeconds(), TimeUnit.SECONDS);
            } catch (TimeoutException | ExecutionException e) {
                process.destroyForcibly();
                throw new CliException(
                        "a process did not write its AOT cache: "
                                + process.info().commandLine(),
                        e);
            }
        }
    }
}
