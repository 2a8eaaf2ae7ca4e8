package io.gantry.apiserver.discovery;

import java.util.List;

/// A subresource as discovery shows it.
///
/// @param name without the resource, e.g. `scale`
/// @param group of `kind`, empty for core
/// @param version of `kind`
/// @param kind what requests and answers hold, e.g. `Scale`
/// @param verbs in alphabetical order
public record DiscoverySubresource(String name, String group, String version, String kind, List<String> verbs) {
    /// Verbs of `status`, `scale` and their like.
    public static final List<String> PART_VERBS = List.of("get", "patch", "update");

    public DiscoverySubresource {
        verbs = List.copyOf(verbs);
    }
}
