package io.gantry.cli.node;

import io.gantry.cli.CliException;
import io.gantry.cli.Progress;
import io.gantry.cli.cluster.ClusterCertificates;
import io.gantry.cli.cluster.ClusterConfig;
import io.gantry.cli.cluster.ClusterLayout;
import io.gantry.cli.supervisor.ProcessSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/// Replaces the processes of a running node by those of this build: the supervisor, then one after the
/// other, each when the one before is well, the API server first (upstream's version skew policy: nothing
/// may be newer than it). Containers run on, and so do the programs of others that hold them or the state.
/// Begins anew wherever it was interrupted.
public final class NodeUpgrade {
    private final ClusterLayout layout;
    private final ClusterConfig config;
    private final Progress progress;
    private final NodeHost host;

    public NodeUpgrade(ClusterLayout layout, ClusterConfig config, Progress progress) {
        this.layout = layout;
        this.config = config;
        this.progress = progress;
        this.host = new NodeHost(layout, config, progress);
    }

    /// Ends when every process of this build is well.
    ///
    /// @throws CliException when nothing runs, or a process does not come up: the others run on
    public void run() {
        if (host.supervisor().status().isEmpty()) {
            throw new CliException("nothing runs in " + layout.data() + ": `gantry up` starts this build");
        }
        progress.say("Gantry: node " + config.nodeName() + " goes over to the build in " + JavaCommand.libraries());
        if (config.role() == ClusterConfig.Role.SERVER) {
            new ClusterCertificates(layout, config).ensure();
        }
        host.replaceSupervisor();
        progress.done("supervisor");
        List<ProcessSpec> specs = new NodeProcesses(layout, config).all();
        host.replace(specs.stream().filter(spec -> NodeHost.isOurs(spec.name())).toList());
        host.start(specs);
    }

    /// Whether something runs that was started before this build was made.
    public boolean isDue() {
        try {
            long built = Files.getLastModifiedTime(JavaCommand.libraries()).toMillis();
            return host.supervisor().status().orElse(List.of()).stream()
                    .anyMatch(state -> NodeHost.isOurs(state.name())
                            && state.startedMillis() > 0
                            && state.startedMillis() < built);
        } catch (IOException e) {
            throw new CliException("cannot look at " + JavaCommand.libraries() + ": " + e.getMessage(), e);
        }
    }
}
