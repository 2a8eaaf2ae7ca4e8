package io.gantry.cli.node;

import io.gantry.cli.CliException;
import io.gantry.cli.Progress;
import io.gantry.cli.cluster.ClusterConfig;
import io.gantry.cli.cluster.ClusterLayout;
import io.gantry.cli.cluster.PrivateFiles;
import io.gantry.cli.host.HostPackages;
import io.gantry.cli.host.NetworkNamespace;
import io.gantry.cli.image.ImageStore;
import io.gantry.cli.image.PauseImage;
import io.gantry.cli.supervisor.ProcessSpec;
import io.gantry.cli.supervisor.ProcessState;
import io.gantry.cli.supervisor.Supervisor;
import io.gantry.cli.supervisor.SupervisorClient;
import io.gantry.cli.supervisor.SupervisorRequest;
import io.gantry.component.JvmLayout;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What `up` and `join` share: the host's packages, containerd's configuration, the supervisor, the pause image.
final class NodeHost {
    /// Not ours, and as new as the host's package.
    private static final Set<String> KEPT = Set.of("containerd", "etcd");

    private static final Duration SUPERVISOR_LIMIT = Duration.ofSeconds(20);
    private static final Duration CONTAINERD_LIMIT = Duration.ofSeconds(60);
    private static final Duration WELL_LIMIT = Duration.ofSeconds(60);

    private final ClusterLayout layout;
    private final ClusterConfig config;
    private final Progress progress;
    private final SupervisorClient supervisor;

    NodeHost(ClusterLayout layout, ClusterConfig config, Progress progress) {
        this.layout = layout;
        this.config = config;
        this.progress = progress;
        this.supervisor = new SupervisorClient(layout.supervisorSocket());
    }

    SupervisorClient supervisor() {
        return supervisor;
    }

    /// Whether every process that should run does.
    boolean runs(List<ProcessSpec> specs) {
        Optional<List<ProcessState>> states = supervisor.status();
        return states.isPresent()
                && specs.stream()
                        .allMatch(spec -> states.get().stream()
                                .anyMatch(state ->
                                        state.name().equals(spec.name()) && (state.pid() != 0 || state.waiting())));
    }

    /// Those of ours that run with other flags than they would be started with now.
    ///
    /// @param before what they were started with
    List<ProcessSpec> outdated(ClusterConfig before) {
        List<ProcessSpec> old = new NodeProcesses(layout, before).all();
        Set<String> running = supervisor.status().orElse(List.of()).stream()
                .filter(state -> state.pid() != 0 || state.waiting())
                .map(ProcessState::name)
                .collect(Collectors.toSet());
        return new NodeProcesses(layout, config)
                .all().stream()
                        .filter(spec -> isOurs(spec.name()) && running.contains(spec.name()) && !old.contains(spec))
                        .toList();
    }

    /// Starts those running processes anew whose flags are others than before, one after the other, the API server
    /// first, and nothing else. Their health endpoints must be reached from here: not in another network namespace.
    ///
    /// @param before what they were started with
    /// @return whether there was one
    /// @throws CliException with the end of its log when one does not come up: the wish is kept all the same, and
    ///     the next `up` or `join` may have another
    boolean changeFlags(ClusterConfig before) {
        List<ProcessSpec> outdated = outdated(before);
        if (outdated.isEmpty()) {
            return false;
        }
        progress.say("Gantry: other flags for the processes in " + layout.data());
        config.save(layout.config());
        replace(outdated);
        start(new NodeProcesses(layout, config).all());
        return true;
    }

    /// Pids of the processes that a killed supervisor left; `up` goes on with them.
    Set<Long> survivors() {
        try {
            return Supervisor.survivors(layout.supervisorState());
        } catch (IOException e) {
            throw new CliException("cannot read " + layout.supervisorState() + ": " + e.getMessage(), e);
        }
    }

    void installPackages() {
        List<String> missing = HostPackages.missing(config.store().runsEtcd());
        if (!missing.isEmpty()) {
            progress.begin("installing " + String.join(", ", missing));
            HostPackages.install(missing);
        }
        progress.done("host packages");
    }

    /// Folders and containerd's configuration.
    void writeFiles() {
        try {
            for (Path folder : List.of(
                    layout.data(),
                    layout.logs(),
                    layout.kubeletRoot(),
                    layout.containerdRoot(),
                    layout.cniConf(),
                    layout.run())) {
                Files.createDirectories(folder);
            }
            HostFeatures host = HostFeatures.detect();
            ContainerdConfig containerd =
                    new ContainerdConfig(PauseImage.REFERENCE, !host.sysResource(), host.appArmor(), false);
            Files.writeString(layout.containerdConfig(), containerd.text(layout));
            RegistryMirror.writeAll(layout, config.registryMirrors());
        } catch (IOException e) {
            throw new CliException("cannot write to " + layout.data() + ": " + e.getMessage(), e);
        }
    }

    /// Starts the supervisor if there is none, and the processes that do not run yet.
    void start(List<ProcessSpec> specs) {
        try {
            PrivateFiles.write(layout.supervisorSpecs(), SupervisorRequest.file(specs));
            if (supervisor.status().isEmpty()) {
                launchSupervisor();
            }
        } catch (IOException e) {
            throw new CliException("cannot start the supervisor: " + e.getMessage(), e);
        }
        supervisor.must(SupervisorRequest.start(specs));
    }

    /// Puts a supervisor of this build in the place of the running one, whose processes it adopts.
    void replaceSupervisor() {
        NodeStatus.supervisorPid(layout).flatMap(ProcessHandle::of).ifPresent(old -> {
            old.destroyForcibly();
            old.onExit().join();
        });
        try {
            launchSupervisor();
        } catch (IOException e) {
            throw new CliException("cannot start the supervisor: " + e.getMessage(), e);
        }
    }

    /// Ends processes in order and starts them as they are specified now, one after the other, each when the one before
    /// is well.
    ///
    /// @throws CliException when one does not come up: the others run on
    void replace(List<ProcessSpec> specs) {
        for (ProcessSpec spec : specs) {
            supervisor.must(SupervisorRequest.stop(spec.name()));
            supervisor.must(SupervisorRequest.start(List.of(spec)));
            awaitWell(List.of(spec), WELL_LIMIT);
            progress.done(spec.name());
        }
    }

    /// Whether a process is of this build.
    static boolean isOurs(String process) {
        return !KEPT.contains(process);
    }

    /// Waits until each process says that it is well. One on demand is not waited for: nobody may want it.
    ///
    /// @throws CliException with the end of its log when one does not
    void awaitWell(List<ProcessSpec> specs, Duration limit) {
        try (ApiServerProbe probe = new ApiServerProbe(layout)) {
            for (ProcessSpec spec : specs) {
                if (!spec.health().isEmpty() && !spec.onDemand()) {
                    awaitWell(spec, limit, probe);
                }
            }
        }
    }

    private void awaitWell(ProcessSpec spec, Duration limit, ApiServerProbe probe) {
        if (!Await.until(limit, () -> probe.isWell(spec.health()), () -> failOnCrash(spec.name()))) {
            throw new CliException(spec.name() + " is not well after " + limit.toSeconds() + " s. The end of its log:\n"
                    + LogTail.of(layout.log(spec.name())));
        }
    }

    private void launchSupervisor() throws IOException {
        List<String> command = new ArrayList<>();
        if (!config.networkNamespace().isEmpty()) {
            command.addAll(new NetworkNamespace(config.networkNamespace()).entering());
        }
        command.add("setsid");
        command.addAll(JavaCommand.SUPERVISOR.with(List.of(
                "--socket=" + layout.supervisorSocket(),
                "--state=" + layout.supervisorState(),
                "--specs=" + layout.supervisorSpecs())));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(new File("/"))
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        layout.log("supervisor").toFile()));
        builder.environment().putAll(JvmLayout.ENVIRONMENT);
        Process process = builder.start();
        Await.until(SUPERVISOR_LIMIT, () -> {
            if (!process.isAlive()) {
                throw new CliException("the supervisor ended at once:\n" + LogTail.of(layout.log("supervisor")));
            }
            return supervisor.status().isPresent();
        });
    }

    /// Waits for containerd and gives it the pause image.
    void preparePauseImage() {
        ImageStore images = new ImageStore(layout);
        boolean answers = Await.until(
                CONTAINERD_LIMIT,
                () -> Files.exists(layout.containerdSocket()) && canList(images),
                () -> failOnCrash("containerd"));
        if (!answers) {
            throw new CliException("containerd does not answer:\n" + LogTail.of(layout.log("containerd")));
        }
        if (!images.names().contains(PauseImage.REFERENCE)) {
            Path archive = layout.run().resolve("pause.tar");
            PauseImage.write(archive);
            images.importArchive(archive);
        }
        progress.done("containerd (its own instance)");
    }

    private static boolean canList(ImageStore images) {
        try {
            images.names();
            return true;
        } catch (CliException e) {
            return false;
        }
    }

    /// @throws CliException with the end of its log when a process keeps ending
    void failOnCrash(String name) {
        supervisor.status().orElse(List.of()).stream()
                .filter(state -> state.name().equals(name) && state.keepsEnding(Instant.now()))
                .findFirst()
                .ifPresent(state -> {
                    throw new CliException(name + " does not stay up (" + state.lastExit() + "). The end of its log, "
                            + layout.log(name) + ":\n" + LogTail.of(layout.log(name)));
                });
    }
}
