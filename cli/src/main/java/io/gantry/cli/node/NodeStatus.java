package io.gantry.cli.node;

import io.gantry.api.StatusException;
import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.node.NodeKind;
import io.gantry.cli.CliException;
import io.gantry.cli.cluster.ClusterConfig;
import io.gantry.cli.cluster.ClusterLayout;
import io.gantry.cli.host.ProcessHold;
import io.gantry.cli.supervisor.ProcessState;
import io.gantry.cli.supervisor.Supervisor;
import io.gantry.cli.supervisor.SupervisorClient;
import io.gantry.client.ApiClient;
import io.gantry.client.Kubeconfig;
import io.gantry.client.ListOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What runs on this machine and how it is.
///
/// @param running whether a supervisor is there
/// @param processes in the order in which they are started, the supervisor first
/// @param nodes as the API server lists them; empty when it cannot be asked
/// @param store where the cluster's state is
public record NodeStatus(boolean running, List<ProcessLine> processes, List<NodeLine> nodes, String store) {
    /// Without these nobody answers for the nodes.
    private static final Set<String> API_SERVER = Set.of("apiserver", "etcd");

    /// One process.
    ///
    /// @param pid 0 when it does not run; if it is healthy all the same, nobody wants it now
    /// @param rssBytes resident memory
    /// @param held whether a signal holds it ([ProcessHold]); then it is not healthy
    public record ProcessLine(String name, long pid, long rssBytes, boolean healthy, int restarts, boolean held) {
        /// The same under another name.
        public ProcessLine named(String other) {
            return new ProcessLine(other, pid, rssBytes, healthy, restarts, held);
        }
    }

    /// One node of the cluster.
    ///
    /// @param simulated whether there is no machine behind it
    /// @param shortages what it is short of, e.g. `disk`
    public record NodeLine(
            String name, boolean ready, String address, String version, boolean simulated, List<String> shortages) {
        public NodeLine {
            shortages = shortages == null ? List.of() : List.copyOf(shortages);
        }
    }

    public NodeStatus {
        processes = processes == null ? List.of() : List.copyOf(processes);
        nodes = nodes == null ? List.of() : List.copyOf(nodes);
        store = store == null ? "" : store;
    }

    /// Asks the supervisor, the health endpoints, the kernel and the API server.
    public static NodeStatus read(ClusterLayout layout, ClusterConfig config) {
        String store =
                config.role() == ClusterConfig.Role.SERVER ? config.store().describe() : "";
        Optional<Long> supervisor = supervisorPid(layout);
        boolean supervisorHeld = supervisor.filter(ProcessHold::isHeld).isPresent();
        Optional<List<ProcessState>> states = supervisorHeld
                ? Optional.of(lastKnown(layout))
                : new SupervisorClient(layout.supervisorSocket()).status();
        if (states.isEmpty()) {
            return new NodeStatus(false, List.of(), List.of(), store);
        }
        List<ProcessLine> lines = new ArrayList<>();
        supervisor.ifPresent(
                pid -> lines.add(new ProcessLine("supervisor", pid, rss(pid), !supervisorHeld, 0, supervisorHeld)));
        try (ApiServerProbe probe = new ApiServerProbe(layout)) {
            states.get().forEach(state -> lines.add(line(state, probe)));
        }
        boolean apiHeld = lines.stream().anyMatch(line -> line.held() && API_SERVER.contains(line.name()));
        return new NodeStatus(true, lines, apiHeld ? List.of() : nodes(layout), store);
    }

    private static ProcessLine line(ProcessState state, ApiServerProbe probe) {
        boolean held = state.pid() != 0 && ProcessHold.isHeld(state.pid());
        boolean runs = state.pid() != 0 && !held;
        boolean healthy = state.waiting() || (runs && (state.health().isEmpty() || probe.isWell(state.health())));
        return new ProcessLine(state.name(), state.pid(), rss(state.pid()), healthy, state.restarts(), held);
    }

    /// What a supervisor that cannot be asked has written down.
    private static List<ProcessState> lastKnown(ClusterLayout layout) {
        try {
            return List.copyOf(Supervisor.load(layout.supervisorState()).values());
        } catch (IOException e) {
            throw new CliException("cannot read " + layout.supervisorState() + ": " + e.getMessage(), e);
        }
    }

    private static List<NodeLine> nodes(ClusterLayout layout) {
        if (!Files.exists(layout.adminKubeconfig())) {
            return List.of();
        }
        try (ApiClient client = ApiClient.connect(Kubeconfig.load(layout.adminKubeconfig()))) {
            return client.resource(NodeKind.KIND).list(ListOptions.all()).items().stream()
                    .map(NodeStatus::line)
                    .toList();
        } catch (StatusException e) {
            return List.of();
        }
    }

    private static NodeLine line(Node node) {
        String address = node.status().addresses().stream()
                .filter(a -> a.type().equals("InternalIP"))
                .map(a -> a.address())
                .findFirst()
                .orElse("");
        String version =
                node.status().nodeInfo() == null ? "" : node.status().nodeInfo().kubeletVersion();
        String name = node.metadata().name();
        boolean simulated = node.metadata().annotations().containsKey("simulated.gantry.io/node");
        return new NodeLine(
                name == null ? "" : name,
                NodeReadiness.isReady(node),
                address,
                version,
                simulated,
                NodeReadiness.shortages(node));
    }

    /// The pid of the process that holds the supervisor's socket.
    public static Optional<Long> supervisorPid(ClusterLayout layout) {
        return new SupervisorClient(layout.supervisorSocket()).pid();
    }

    private static long rss(long pid) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), "status"))
                    .lines()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }
}
