package io.gantry.cli.command;

import io.gantry.api.Json;
import io.gantry.cli.local.LocalStatus;
import io.gantry.cli.node.NodeReadiness;
import io.gantry.cli.node.NodeStatus;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `gantry status`.
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Shows processes and nodes; ends with 1 when something is not well.")
public final class StatusCommand implements Callable<Integer> {
    private static final long MEGABYTE = 1L << 20;

    /// The forms of the answer.
    enum Output {
        TEXT,
        JSON
    }

    @Mixin
    private DataDirOption dataDir = new DataDirOption();

    @Option(
            names = {"-o", "--output"},
            defaultValue = "text",
            description = "text or json.")
    private Output output = Output.TEXT;

    @Override
    public Integer call() {
        NodeStatus status = LocalStatus.of(dataDir.layout(), dataDir.config());
        switch (output) {
            case JSON -> System.out.println(Json.MAPPER.writeValueAsString(status));
            case TEXT -> print(status);
        }
        boolean well = status.running()
                && status.processes().stream().allMatch(NodeStatus.ProcessLine::healthy)
                && status.nodes().stream().allMatch(NodeStatus.NodeLine::ready);
        return well ? 0 : 1;
    }

    private String health(NodeStatus.ProcessLine line) {
        if (line.held()) {
            return "held by a signal: `kill -CONT " + line.pid() + "` lets it go on";
        }
        if (!line.healthy()) {
            return "not well: see " + LocalStatus.log(dataDir.layout(), line.name());
        }
        return line.pid() == 0 ? "waits until it is needed" : "ok";
    }

    private void print(NodeStatus status) {
        if (!status.running()) {
            System.out.println("The cluster in " + dataDir.layout().data() + " is down: start it with `gantry up`.");
            return;
        }
        System.out.printf(Locale.ROOT, "%-28s %8s %10s %9s  %s%n", "PROCESS", "PID", "MEMORY", "RESTARTS", "HEALTH");
        for (NodeStatus.ProcessLine line : status.processes()) {
            System.out.printf(
                    Locale.ROOT,
                    "%-28s %8s %7d MB %9d  %s%n",
                    line.name(),
                    line.pid() == 0 ? "-" : Long.toString(line.pid()),
                    line.rssBytes() / MEGABYTE,
                    line.restarts(),
                    health(line));
        }
        if (!status.store().isEmpty()) {
            System.out.println("\nSTORE  " + status.store());
        }
        System.out.println();
        System.out.printf(Locale.ROOT, "%-20s %-10s %-16s %s%n", "NODE", "STATUS", "ADDRESS", "VERSION");
        List<NodeStatus.NodeLine> simulated =
                status.nodes().stream().filter(NodeStatus.NodeLine::simulated).toList();
        for (NodeStatus.NodeLine node : status.nodes()) {
            if (node.simulated()) {
                continue;
            }
            System.out.printf(
                    Locale.ROOT,
                    "%-20s %-10s %-16s %s%n",
                    node.name(),
                    node.ready() ? "Ready" : "NotReady",
                    node.address(),
                    node.version());
        }
        status.nodes().stream()
                .filter(node -> !node.shortages().isEmpty())
                .forEach(node -> System.out.println("\n! " + NodeReadiness.warning(node.name(), node.shortages())));
        if (!simulated.isEmpty()) {
            System.out.println(simulated.size() + " simulated nodes, "
                    + simulated.stream().filter(NodeStatus.NodeLine::ready).count() + " of them Ready");
        }
    }
}
