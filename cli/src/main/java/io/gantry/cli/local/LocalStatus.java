package io.gantry.cli.local;

import io.gantry.api.Json;
import io.gantry.cli.CliException;
import io.gantry.cli.cluster.ClusterConfig;
import io.gantry.cli.cluster.ClusterLayout;
import io.gantry.cli.host.Command;
import io.gantry.cli.node.HeldProcess;
import io.gantry.cli.node.NodeStatus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;

/// What runs on this machine, its further nodes included: their processes are named `NODE/PROCESS`.
public final class LocalStatus {
    private static final long SECONDS = 30;

    private LocalStatus() {}

    /// Asks this node, and each further one.
    public static NodeStatus of(ClusterLayout layout, ClusterConfig config) {
        NodeStatus first = NodeStatus.read(layout, config);
        if (!first.running()) {
            return first;
        }
        List<NodeStatus.ProcessLine> lines = new ArrayList<>(first.processes());
        for (LocalNode node : LocalNodes.present(layout)) {
            String name = LocalNode.name(node.number(), config);
            NodeStatus status = within(node);
            if (!status.running()) {
                lines.add(new NodeStatus.ProcessLine(name + "/supervisor", 0, 0, false, 0, false));
            }
            status.processes().forEach(line -> lines.add(line.named(name + "/" + line.name())));
        }
        return new NodeStatus(true, lines, first.nodes(), first.store());
    }

    /// The processes of this machine that a signal holds.
    public static List<HeldProcess> held(ClusterLayout layout, ClusterConfig config) {
        List<HeldProcess> held = new ArrayList<>(HeldProcess.of(layout, ""));
        for (LocalNode node : LocalNodes.present(layout)) {
            held.addAll(HeldProcess.of(node.layout(), LocalNode.name(node.number(), config) + "/"));
        }
        return held;
    }

    /// Where the process of a status line writes its log.
    ///
    /// @param process as it is named there
    public static Path log(ClusterLayout layout, String process) {
        int slash = process.indexOf('/');
        if (slash < 0) {
            return layout.log(process);
        }
        int number = Integer.parseInt(process.substring(process.lastIndexOf('-', slash) + 1, slash));
        return layout.localNode(number).log(process.substring(slash + 1));
    }

    /// Health endpoints are on the loopback of the node's own namespace.
    private static NodeStatus within(LocalNode node) {
        Command.Result result = Command.run(SECONDS, node.within("status", "-o", "json"));
        try {
            return Json.MAPPER.readValue(result.output(), NodeStatus.class);
        } catch (JacksonException e) {
            throw new CliException(
                    "the node in the network namespace " + node.namespace() + " cannot be asked: "
                            + result.output().strip(),
                    e);
        }
    }
}
