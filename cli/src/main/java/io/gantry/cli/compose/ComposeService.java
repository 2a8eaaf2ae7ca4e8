package io.gantry.cli.compose;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One service of a Compose file.
///
/// @param image empty when it is only built
/// @param build the folder it is built from, if it is
/// @param entrypoint replaces the image's entry point; empty keeps it
/// @param command replaces the image's command; empty keeps it
/// @param environment as the containers get it
/// @param expose ports that are only for other services
/// @param secrets names of secrets of the file, mounted below `/run/secrets`
/// @param configs names of configs of the file with where they are mounted
/// @param limits `cpu` and `memory` as quantities
/// @param requests the same, guaranteed
/// @param stopSeconds grace before it is killed
public record ComposeService(
        String name,
        Optional<String> image,
        Optional<String> build,
        List<String> entrypoint,
        List<String> command,
        Map<String, String> environment,
        List<ComposePort> ports,
        List<ComposePort> expose,
        List<ComposeMount> mounts,
        List<String> secrets,
        Map<String, String> configs,
        Optional<HealthTest> health,
        int replicas,
        Map<String, String> limits,
        Map<String, String> requests,
        Optional<Integer> stopSeconds,
        ContainerOptions options) {

    /// How it is told that the service is well.
    ///
    /// @param command as the container runs it
    public record HealthTest(
            List<String> command, int intervalSeconds, int timeoutSeconds, int retries, int startSeconds) {}

    /// The rest, one to one.
    public record ContainerOptions(
            Optional<String> workingDir,
            Optional<String> hostname,
            Optional<String> user,
            boolean tty,
            boolean stdin,
            boolean privileged,
            boolean readOnlyRoot,
            List<String> addCapabilities,
            List<String> dropCapabilities,
            Map<String, String> labels,
            Map<String, String> extraHosts,
            Optional<String> pullPolicy) {}
}
