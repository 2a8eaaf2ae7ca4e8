package io.gantry.cli.command;

import io.gantry.scheduler.record.Replay;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `gantry replay FILE`.
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = "Decides again what the scheduler recorded (up --record-decisions); ends with 1 on a difference.")
public final class ReplayCommand implements Callable<Integer> {
    private static final int MAX_SHOWN = 20;

    @Parameters(paramLabel = "FILE", description = "A record of decisions.")
    private Path file = Path.of("");

    @Override
    public Integer call() throws IOException {
        Replay.Result result = Replay.of(file);
        result.differences().stream()
                .limit(MAX_SHOWN)
                .forEach(difference -> System.out.println("cycle " + difference.cycle() + ", " + difference.pod()
                        + "\n  recorded: " + difference.recorded() + "\n  now:      " + difference.now()));
        System.out.println(
                result.cycles() + " decisions, " + result.differences().size() + " of them different");
        return result.differences().isEmpty() ? 0 : 1;
    }
}
