package io.gantry.cli.supervisor;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A process that the supervisor keeps running.
///
/// @param name unique, e.g. `apiserver`
/// @param command program and arguments
/// @param environment variables beside the supervisor's own
/// @param log file that standard output and error are appended to
/// @param health URL that answers 200 when it is well; empty: running is well
/// @param whileExists a file while whose existence it runs; empty: always
public record ProcessSpec(
        String name,
        List<String> command,
        Map<String, String> environment,
        String log,
        String health,
        String whileExists) {
    public ProcessSpec {
        command = List.copyOf(command);
        environment = environment == null ? Map.of() : Map.copyOf(environment);
        health = health == null ? "" : health;
        whileExists = whileExists == null ? "" : whileExists;
    }

    /// One that always runs.
    public ProcessSpec(String name, List<String> command, Map<String, String> environment, String log, String health) {
        this(name, command, environment, log, health, "");
    }

    /// The same on demand.
    public ProcessSpec whileExists(Path file) {
        return new ProcessSpec(name, command, environment, log, health, file.toString());
    }

    /// Whether it may be that nobody wants it.
    public boolean onDemand() {
        return !whileExists.isEmpty();
    }
}
