package io.gantry.cli.command;

import io.gantry.cli.Progress;
import io.gantry.cli.node.BackupFile;
import io.gantry.cli.node.StateMove;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `gantry restore`.
@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        description = "Brings a backup back, into a cluster that is down or gone; start it with `gantry up` then.")
public final class RestoreCommand implements Callable<Integer> {
    @Mixin
    private DataDirOption dataDir = new DataDirOption();

    @Parameters(paramLabel = "FILE", description = "Made by `gantry backup`.")
    private Path file = Path.of("");

    @Option(names = "--overwrite", description = "Replace the cluster that an etcd of yours holds.")
    private boolean overwrite;

    @Override
    public Integer call() {
        DataDirOption.requireRoot("restore");
        new StateMove(dataDir.layout(), new Progress(System.out)).restore(new BackupFile(file), overwrite);
        return 0;
    }
}
