package io.gantry.cli.supervisor;

import java.util.List;
import java.util.Map;

/// A process that the supervisor keeps running.
///
/// @param name unique, e.g. `apiserver`
/// @param command program and arguments
/// @param environment variables beside the supervisor's own
/// @param log file that standard output and error are appended to
/// @param health URL that answers 200 when it is well; empty: running is well
public record ProcessSpec(
        String name, List<String> command, Map<String, String> environment, String log, String health) {
    public ProcessSpec {
        command = List.copyOf(command);
        environment = environment == null ? Map.of() : Map.copyOf(environment);
        health = health == null ? "" : health;
    }
}
