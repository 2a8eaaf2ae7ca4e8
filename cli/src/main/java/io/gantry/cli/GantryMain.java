package io.gantry.cli;

import io.gantry.api.StatusException;
import io.gantry.cli.command.BackupCommand;
import io.gantry.cli.command.ComposeCommand;
import io.gantry.cli.command.DashboardCommand;
import io.gantry.cli.command.DownCommand;
import io.gantry.cli.command.ImageCommand;
import io.gantry.cli.command.InstallPackagesCommand;
import io.gantry.cli.command.JoinCommand;
import io.gantry.cli.command.KubeconfigCommand;
import io.gantry.cli.command.ReplayCommand;
import io.gantry.cli.command.RestoreCommand;
import io.gantry.cli.command.StatusCommand;
import io.gantry.cli.command.StoreCommand;
import io.gantry.cli.command.TokenCommand;
import io.gantry.cli.command.TrainAotCommand;
import io.gantry.cli.command.UpCommand;
import io.gantry.cli.command.UpgradeCommand;
import io.gantry.component.ProcessLogging;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The `gantry` command.
@Command(
        name = "gantry",
        description = "A Kubernetes-compatible cluster on this machine.",
        mixinStandardHelpOptions = true,
        version = "gantry 0.1.0 (Kubernetes 1.36)",
        subcommands = {
            UpCommand.class,
            StatusCommand.class,
            UpgradeCommand.class,
            DownCommand.class,
            KubeconfigCommand.class,
            TokenCommand.class,
            JoinCommand.class,
            ImageCommand.class,
            ComposeCommand.class,
            DashboardCommand.class,
            InstallPackagesCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            StoreCommand.class,
            ReplayCommand.class,
            TrainAotCommand.class
        })
public final class GantryMain {
    private GantryMain() {}

    public static void main(String[] arguments) {
        ProcessLogging.start("gantry");
        System.exit(run(arguments));
    }

    /// Runs a command and returns its exit code: 0 done, 1 failed with a message, 2 used wrongly.
    static int run(String... arguments) {
        CommandLine line = new CommandLine(new GantryMain());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionStrategy(new CommandLine.RunLast());
        line.setExecutionExceptionHandler((failure, command, result) -> report(failure, command));
        return arguments.length == 0 ? help(line) : line.execute(arguments);
    }

    private static int help(CommandLine line) {
        line.usage(line.getErr());
        return 2;
    }

    private static int report(Exception failure, CommandLine command) throws Exception {
        switch (failure) {
            case CliException e -> command.getErr().println("gantry: " + e.getMessage());
            case StatusException e -> command.getErr().println("gantry: the API server says: " + e.getMessage());
            default -> throw failure;
        }
        return 1;
    }
}
