package io.gantry.cli.host;

import io.gantry.cli.CliException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Runs a program of the host and waits for it.
public final class Command {
    private static final int SHOWN_CHARACTERS = 2_000;

    private Command() {}

    /// What a program did.
    ///
    /// @param code its exit code
    /// @param output standard output and error together, in UTF-8
    public record Result(int code, String output) {
        public boolean ok() {
            return code == 0;
        }
    }

    /// Runs to the end or to the time limit (then it is killed and the code is 124).
    public static Result run(long timeoutSeconds, List<String> command) {
        return run(timeoutSeconds, command, Map.of());
    }

    /// The same with additional environment variables.
    public static Result run(long timeoutSeconds, List<String> command, Map<String, String> environment) {
        Path output = null;
        try {
            output = Files.createTempFile("gantry-command", ".out");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
            builder.environment().putAll(environment);
            Process process = builder.start();
            int code = 124;
            if (process.waitFor(timeoutSeconds, TimeUnit.SECONDS)) {
                code = process.exitValue();
            } else {
                process.destroyForcibly().waitFor();
            }
            return new Result(code, Files.readString(output, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new CliException("cannot run " + command.getFirst() + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CliException("interrupted while running " + command.getFirst(), e);
        } finally {
            remove(output);
        }
    }

    /// Runs what must succeed; its output is in the message when it does not.
    public static String must(long timeoutSeconds, String... command) {
        Result result = run(timeoutSeconds, List.of(command));
        if (!result.ok()) {
            String shown = result.output().strip();
            if (shown.length() > SHOWN_CHARACTERS) {
                shown = "…" + shown.substring(shown.length() - SHOWN_CHARACTERS);
            }
            throw new CliException(String.join(" ", command) + "\nended with code " + result.code() + ": " + shown);
        }
        return result.output();
    }

    private static void remove(@Nullable Path file) {
        if (file != null) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new CliException("cannot remove " + file, e);
            }
        }
    }
}
