package io.gantry.kubeproxy.route;

import java.util.Arrays;
import java.util.Locale;

/// Which nodes' pods are reached through the overlay. All nodes of a cluster must have the same.
public enum OverlayMode {
    /// Those that are not on one link with this node: a router between them knows no addresses of pods.
    AUTO,

    /// All, for links that pass no packets from or to addresses of pods.
    ALWAYS,

    /// None: routers know the way.
    NEVER;

    /// @throws IllegalArgumentException for any other word, naming those that there are
    public static OverlayMode of(String word) {
        return Arrays.stream(values())
                .filter(mode -> mode.word().equals(word))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("--overlay must be auto, always or never, not " + word));
    }

    /// As flags have it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
