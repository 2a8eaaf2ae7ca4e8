package io.gantry.cli.node;

import io.gantry.cli.CliException;
import io.gantry.cli.Progress;
import io.gantry.cli.cluster.ClusterConfig;
import io.gantry.cli.cluster.ClusterLayout;
import io.gantry.cli.cluster.UserKubeconfig;
import io.gantry.cli.host.Command;
import io.gantry.cli.host.HostPackages;
import io.gantry.cli.image.Folders;
import io.gantry.cli.supervisor.ProcessState;
import io.gantry.cli.supervisor.Supervisor;
import io.gantry.cli.supervisor.SupervisorClient;
import io.gantry.cli.supervisor.SupervisorRequest;
import io.gantry.component.MountTable;
import io.gantry.kubeproxy.NodeNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Takes a node down: processes, pods, interfaces, rules, mounts, cgroups. The data stay unless purged. Each step looks
/// at what is there, so that it also clears what a killed cluster left.
public final class NodeStop {
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final long SECONDS = 20;
    /// The order in which a node's processes end: first what would start pods again.
    private static final List<String> ORDER = List.of(
            "kubelet",
            "kube-proxy",
            "cluster-dns",
            "ingress",
            "scheduler",
            "controller-manager",
            "apiserver",
            "etcd",
            "containerd");

    private final ClusterLayout layout;
    private final Progress progress;

    public NodeStop(ClusterLayout layout, Progress progress) {
        this.layout = layout;
        this.progress = progress;
    }

    /// Stops everything.
    ///
    /// @param purge whether the data are removed as well
    public void run(boolean purge) {
        SupervisorClient supervisor = new SupervisorClient(layout.supervisorSocket());
        for (String name : ORDER) {
            if (name.equals("containerd")) {
                stopPods();
            }
            supervisor.ask(SupervisorRequest.stop(name));
        }
        supervisor.ask(SupervisorRequest.shutdown());
        NodeStatus.supervisorPid(layout).flatMap(ProcessHandle::of).ifPresent(this::end);
        endLeftovers();
        progress.done("processes ended");
        removeMounts();
        removeNetwork();
        removeCgroups();
        progress.done("interfaces, rules and mounts removed");
        remove(layout.run());
        if (purge) {
            UserKubeconfig.remove(layout);
            remove(layout.data());
            progress.done("data removed");
        }
    }

    private void stopPods() {
        if (Files.exists(layout.containerdSocket())) {
            PodStop.stopAll(layout.containerdSocket());
            progress.done("pods stopped");
        }
    }

    /// Processes of the state file that survived their supervisor, and shims of this containerd.
    private void endLeftovers() {
        try {
            for (ProcessState state : Supervisor.load(layout.supervisorState()).values()) {
                Optional<ProcessHandle> process = ProcessHandle.of(state.pid())
                        .filter(p -> p.info()
                                .startInstant()
                                .map(i -> i.toEpochMilli() == state.startedMillis())
                                .orElse(false));
                process.ifPresent(this::end);
            }
        } catch (IOException e) {
            throw new CliException("cannot read " + layout.supervisorState() + ": " + e.getMessage(), e);
        }
        String socket = layout.containerdSocket().toString();
        ProcessHandle.allProcesses()
                .filter(process -> isShim(process, socket))
                .toList()
                .forEach(this::endShim);
    }

    private static boolean isShim(ProcessHandle process, String socket) {
        Optional<String[]> arguments = process.info().arguments();
        return process.info().command().orElse("").contains("containerd-shim")
                && arguments.map(List::of).orElse(List.of()).stream().anyMatch(a -> a.startsWith(socket));
    }

    private void endShim(ProcessHandle shim) {
        shim.descendants().forEach(ProcessHandle::destroyForcibly);
        shim.destroyForcibly();
    }

    private void end(ProcessHandle process) {
        process.destroy();
        try {
            process.onExit().get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Everything mounted below the data and run directories, the deepest first.
    private void removeMounts() {
        try {
            MountTable mounts = MountTable.read();
            for (Path folder : List.of(layout.data(), layout.run())) {
                mounts.below(Files.exists(folder) ? folder.toRealPath() : folder)
                        .forEach(point -> Command.run(SECONDS, List.of("umount", "--lazy", point.toString())));
            }
        } catch (IOException e) {
            throw new CliException("cannot read the mounts: " + e.getMessage(), e);
        }
    }

    /// What is in a namespace of the node's own goes with the namespace.
    private void removeNetwork() {
        Optional<ClusterConfig> config = ClusterConfig.load(layout.config());
        if (config.filter(c -> !c.networkNamespace().isEmpty()).isPresent()) {
            return;
        }
        try {
            String podCidr = config.map(ClusterConfig::podCidr).orElse(ClusterConfig.POD_CIDR);
            if (HostPackages.find("nft").isPresent()) {
                NodeNetwork.remove(podCidr);
            }
        } catch (IOException e) {
            throw new CliException("cannot remove the rules and routes of services: " + e.getMessage(), e);
        }
        Command.run(SECONDS, List.of("ip", "link", "delete", "gantry0"));
    }

    /// The pods' cgroups, in every hierarchy; empty ones only, children first.
    private void removeCgroups() {
        List<Path> roots = new ArrayList<>(List.of(Path.of("/sys/fs/cgroup" + layout.cgroupRoot())));
        try (var hierarchies = Files.list(Path.of("/sys/fs/cgroup"))) {
            hierarchies.filter(Files::isDirectory).forEach(h -> roots.add(Path.of(h + layout.cgroupRoot())));
        } catch (IOException e) {
            throw new CliException("cannot list cgroups: " + e.getMessage(), e);
        }
        roots.stream().filter(Files::isDirectory).forEach(NodeStop::removeCgroup);
    }

    private static void removeCgroup(Path root) {
        try (var folders = Files.walk(root)) {
            for (Path folder : folders.filter(Files::isDirectory)
                    .sorted(Comparator.reverseOrder())
                    .toList()) {
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new CliException("a process still runs in the cgroup " + root + ": " + e.getMessage(), e);
        }
    }

    private static void remove(Path folder) {
        try {
            Folders.delete(folder);
        } catch (IOException e) {
            throw new CliException("cannot remove " + folder + ": " + e.getMessage(), e);
        }
    }
}
