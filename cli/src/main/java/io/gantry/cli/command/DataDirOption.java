package io.gantry.cli.command;

import io.gantry.cli.CliException;
import io.gantry.cli.cluster.ClusterConfig;
import io.gantry.cli.cluster.ClusterLayout;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/// Which cluster (or node) of this machine a command is about.
public final class DataDirOption {
    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            defaultValue = "${env:GANTRY_DATA_DIR:-/var/lib/gantry}",
            description = "Where the cluster keeps everything (default: ${DEFAULT-VALUE}).")
    private Path dataDir = ClusterLayout.DEFAULT_DATA;

    ClusterLayout layout() {
        return new ClusterLayout(dataDir);
    }

    /// The cluster that must be there.
    ClusterConfig config() {
        return ClusterConfig.load(layout().config())
                .orElseThrow(() ->
                        new CliException("there is no cluster in " + layout().data() + ": make one with `gantry up`"));
    }

    /// Most commands change the machine.
    static void requireRoot(String command) {
        if (!"root".equals(System.getProperty("user.name"))) {
            throw new CliException("`gantry " + command
                    + "` must run as root (it makes network interfaces, mounts and containers): sudo ./gantry "
                    + command);
        }
    }
}
