package io.gantry.cli.command;

import io.gantry.cli.Progress;
import io.gantry.cli.cluster.ClusterConfig;
import io.gantry.cli.cluster.ClusterLayout;
import io.gantry.cli.local.LocalNodes;
import io.gantry.cli.node.NodeUpgrade;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `gantry upgrade`.
@Command(
        name = "upgrade",
        mixinStandardHelpOptions = true,
        description =
                "Replaces what runs on this machine by this build, one process after the other; containers run on.")
public final class UpgradeCommand implements Callable<Integer> {
    @Mixin
    private DataDirOption dataDir = new DataDirOption();

    @Override
    public Integer call() {
        DataDirOption.requireRoot("upgrade");
        ClusterLayout layout = dataDir.layout();
        ClusterConfig config = dataDir.config();
        Progress progress = new Progress(System.out);
        new NodeUpgrade(layout, config, progress).run();
        LocalNodes.upgradeAll(layout, progress);
        return 0;
    }
}
