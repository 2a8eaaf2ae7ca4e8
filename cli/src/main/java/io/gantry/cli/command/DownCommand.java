package io.gantry.cli.command;

import io.gantry.cli.Progress;
import io.gantry.cli.cluster.ClusterLayout;
import io.gantry.cli.local.LocalNodes;
import io.gantry.cli.node.NodeStop;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `gantry down`.
@Command(
        name = "down",
        mixinStandardHelpOptions = true,
        description = "Stops everything and clears interfaces, rules and mounts; the data stay.")
public final class DownCommand implements Callable<Integer> {
    @Mixin
    private DataDirOption dataDir = new DataDirOption();

    @Option(names = "--purge", description = "Removes the data as well: the cluster is gone for good.")
    private boolean purge;

    @Override
    public Integer call() {
        DataDirOption.requireRoot("down");
        ClusterLayout layout = dataDir.layout();
        if (!Files.exists(layout.data()) && !Files.exists(layout.run())) {
            System.out.println("There is no cluster in " + layout.data() + ": nothing to do.");
            return 0;
        }
        Progress progress = new Progress(System.out);
        progress.say("Gantry: stopping the cluster in " + layout.data());
        LocalNodes.stopAll(layout, progress);
        new NodeStop(layout, progress).run(purge);
        return 0;
    }
}
