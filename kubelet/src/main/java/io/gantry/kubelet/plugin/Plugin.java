package io.gantry.kubelet.plugin;

import java.util.List;

/// A plugin as it told of itself.
///
/// @param name e.g. a CSI driver's
/// @param endpoint the path of the socket that serves it, as the plugin knows it
/// @param versions those of its service that it supports
public record Plugin(String type, String name, String endpoint, List<String> versions) {
    public Plugin {
        versions = List.copyOf(versions);
    }
}
