package io.gantry.cli.command;

import io.gantry.cli.Progress;
import io.gantry.cli.node.BackupFile;
import io.gantry.cli.node.StateMove;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `gantry backup`.
@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        description = "Writes the cluster's state, keys and certificates to a file; the cluster may run.")
public final class BackupCommand implements Callable<Integer> {
    @Mixin
    private DataDirOption dataDir = new DataDirOption();

    @Parameters(paramLabel = "FILE", description = "Is replaced when it exists; only root can read it.")
    private Path file = Path.of("");

    @Override
    public Integer call() {
        DataDirOption.requireRoot("backup");
        new StateMove(dataDir.layout(), new Progress(System.out)).backup(dataDir.config(), new BackupFile(file));
        return 0;
    }
}
