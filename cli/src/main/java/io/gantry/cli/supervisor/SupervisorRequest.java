package io.gantry.cli.supervisor;

import java.util.List;

/// What the command line asks a supervisor; one line of JSON over its socket, one line back.
///
/// @param operation `status`, `start` (specs), `stop` (name) or `shutdown`
public record SupervisorRequest(String operation, List<ProcessSpec> specs, String name) {
    public SupervisorRequest {
        specs = specs == null ? List.of() : List.copyOf(specs);
        name = name == null ? "" : name;
    }

    /// What to run, as the supervisor reads it from its file after a reboot.
    public static String file(List<ProcessSpec> specs) {
        return SupervisorJson.specs(specs);
    }

    public static SupervisorRequest status() {
        return new SupervisorRequest("status", List.of(), "");
    }

    public static SupervisorRequest start(List<ProcessSpec> specs) {
        return new SupervisorRequest("start", specs, "");
    }

    public static SupervisorRequest stop(String name) {
        return new SupervisorRequest("stop", List.of(), name);
    }

    public static SupervisorRequest shutdown() {
        return new SupervisorRequest("shutdown", List.of(), "");
    }
}
