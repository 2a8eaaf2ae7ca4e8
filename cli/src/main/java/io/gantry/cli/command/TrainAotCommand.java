package io.gantry.cli.command;

import io.gantry.cli.CliException;
import io.gantry.cli.node.AotTraining;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// Makes the AOT caches by what users do; part of the build, run in a network namespace of its own by
/// `scripts/train-aot`.
@Command(name = "train-aot", hidden = true, description = "Makes the AOT caches of all processes.")
public final class TrainAotCommand implements Callable<Integer> {
    @Override
    public Integer call() throws Exception {
        try (AotTraining training = AotTraining.prepare()) {
            run(new UpCommand(), training.upArguments());
            run(new UpCommand(), training.upArguments()); // reads what the first one wrote
            training.live();
            run(new StatusCommand(), training.statusArguments());
        }
        AotTraining.check();
        return 0;
    }

    private static void run(Callable<Integer> command, List<String> arguments) {
        CommandLine line = new CommandLine(command).setCaseInsensitiveEnumValuesAllowed(true);
        if (line.execute(arguments.toArray(String[]::new)) != 0) {
            throw new CliException("a command failed that the caches are made by: " + arguments);
        }
    }
}
