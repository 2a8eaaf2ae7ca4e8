package io.gantry.kubeproxy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs a program of the host.
///
/// @param prefix what every command line starts with, e.g. to run in another network namespace; empty for none
public record Command(List<String> prefix) {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int MAX_ERROR_CHARS = 2000;

    public Command {
        prefix = List.copyOf(prefix);
    }

    /// Runs to the end and returns standard output; blocks.
    ///
    /// @param input for standard input
    /// @throws IOException when it cannot be started, fails (with its error output), or takes more than a minute
    public String run(String input, String... words) throws IOException {
        Outcome outcome = outcome(input, words);
        if (outcome.code() != 0) {
            String output = outcome.output();
            String shown = output.length() > MAX_ERROR_CHARS ? output.substring(0, MAX_ERROR_CHARS) + "…" : output;
            throw new IOException(String.join(" ", words) + ": " + shown.strip());
        }
        return outcome.output();
    }

    /// As [#run], for a program whose input has many parts, of which some may fail: what it says of all of them.
    ///
    /// @throws IOException when it cannot be started or takes more than a minute
    public String tryAll(String input, String... words) throws IOException {
        return outcome(input, words).output();
    }

    private record Outcome(int code, String output) {}

    private Outcome outcome(String input, String... words) throws IOException {
        List<String> line = new ArrayList<>(prefix);
        line.addAll(List.of(words));
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        Thread feeder = Thread.ofVirtual().start(() -> feed(process, input));
        String output;
        try {
            output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            feeder.join();
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException(String.join(" ", words) + " took too long");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(String.join(" ", words) + " interrupted", e);
        } finally {
            process.destroy();
        }
        return new Outcome(process.exitValue(), output);
    }

    private static void feed(Process process, String input) {
        try (var out = process.getOutputStream()) {
            out.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // The program ended early: its exit code and output say why.
            process.destroy();
        }
    }
}
