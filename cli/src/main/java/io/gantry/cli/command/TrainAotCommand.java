package io.gantry.cli.command;

import io.gantry.cli.node.AotTraining;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// Makes the AOT caches; part of the build, run in a network namespace of its own by `scripts/train-aot`.
@Command(name = "train-aot", hidden = true, description = "Makes the AOT caches of all processes.")
public final class TrainAotCommand implements Callable<Integer> {
    @Override
    public Integer call() throws Exception {
        AotTraining.run();
        return 0;
    }
}
