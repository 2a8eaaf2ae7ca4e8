package io.gantry.cli.supervisor;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// The supervisor's lines, in the form of every process' log (see `ProcessLogging`), to standard error.
/// Without a logging library, whose classes would be a large part of so small a process.
final class SupervisorLog {
    private SupervisorLog() {}

    static void info(String message) {
        line("INFO ", message);
    }

    static void warn(String message) {
        line("WARN ", message);
    }

    static void error(String message) {
        line("ERROR", message);
    }

    private static void line(String level, String message) {
        System.err.println(
                Instant.now().truncatedTo(ChronoUnit.MILLIS) + " " + level + " component=supervisor " + message);
    }
}
