package io.gantry.cli.compose;

import java.util.List;
import java.util.Map;

/// A Compose file, read and checked.
///
/// @param project the application's name, a DNS label
/// @param volumes the named volumes
/// @param secrets name to text
/// @param configs name to text
/// @param warnings what of the file has no effect here, one line each
public record ComposeFile(
        String project,
        List<ComposeService> services,
        List<String> volumes,
        Map<String, String> secrets,
        Map<String, String> configs,
        List<String> warnings) {}
