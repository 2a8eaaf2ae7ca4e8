package io.gantry.cli.host;

import java.util.List;

/// A named network namespace of this machine.
///
/// @param name as `ip netns` knows it
public record NetworkNamespace(String name) {
    private static final String FOLDER = "/run/netns/";

    /// What stands before a command line that runs in it: not `ip netns exec`, which mounts another /sys and so hides
    /// the cgroups.
    public List<String> entering() {
        return List.of("nsenter", "--net=" + FOLDER + name);
    }
}
