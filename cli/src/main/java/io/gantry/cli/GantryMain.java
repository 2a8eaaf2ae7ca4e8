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
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The `gantry` command.
@Command(
        name = "gantry",
        description = "A Kubernetes-compatible cluster on this machine.",
        mixinStandardHelpOptions = true,
        version = "gantry 0.1.0 (Kubernetes 1.36)")
public final class GantryMain {
    /// By name, in the order of the help.
    static final Map<String, Class<?>> COMMANDS = commands();

    private GantryMain() {}

    public static void main(String[] arguments) {
        ProcessLogging.start("gantry");
        System.exit(run(arguments));
    }

    /// Runs a command and returns its exit code: 0 done, 1 failed with a message, 2 used wrongly.
    static int run(String... arguments) {
        CommandLine line = new CommandLine(new GantryMain());
        asked(arguments).forEach(line::addSubcommand);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionStrategy(new CommandLine.RunLast());
        line.setExecutionExceptionHandler((failure, command, result) -> report(failure, command));
        return arguments.length == 0 ? help(line) : line.execute(arguments);
    }

    /// The command that is asked for, or all where none is: reading every command's options takes longer than most
    /// take.
    private static Map<String, Class<?>> asked(String[] arguments) {
        Class<?> command = arguments.length == 0 ? null : COMMANDS.get(arguments[0]);
        return command == null ? COMMANDS : Map.of(arguments[0], command);
    }

    private static Map<String, Class<?>> commands() {
        Map<String, Class<?>> commands = new LinkedHashMap<>();
        commands.put("up", UpCommand.class);
        commands.put("status", StatusCommand.class);
        commands.put("upgrade", UpgradeCommand.class);
        commands.put("down", DownCommand.class);
        commands.put("kubeconfig", KubeconfigCommand.class);
        commands.put("token", TokenCommand.class);
        commands.put("join", JoinCommand.class);
        commands.put("image", ImageCommand.class);
        commands.put("compose", ComposeCommand.class);
        commands.put("dashboard", DashboardCommand.class);
        commands.put("install-packages", InstallPackagesCommand.class);
        commands.put("backup", BackupCommand.class);
        commands.put("restore", RestoreCommand.class);
        commands.put("store", StoreCommand.class);
        commands.put("replay", ReplayCommand.class);
        commands.put("train-aot", TrainAotCommand.class);
        return Collections.unmodifiableMap(commands);
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
