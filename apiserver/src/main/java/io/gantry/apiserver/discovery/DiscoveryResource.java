package io.gantry.apiserver.discovery;

import java.util.List;

/// A resource as discovery shows it.
///
/// @param name the plural in URLs
/// @param singular empty where upstream has none
/// @param kind what requests and answers hold
/// @param namespaced whether objects live in a namespace
/// @param verbs in alphabetical order
/// @param shortNames abbreviations
/// @param categories e.g. `all`
/// @param subresources in alphabetical order
public record DiscoveryResource(
        String name,
        String singular,
        String kind,
        boolean namespaced,
        List<String> verbs,
        List<String> shortNames,
        List<String> categories,
        List<DiscoverySubresource> subresources) {
    /// Verbs of a resource that is stored and has nothing special about it.
    public static final List<String> ALL_VERBS =
            List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");

    public DiscoveryResource {
        verbs = List.copyOf(verbs);
        shortNames = List.copyOf(shortNames);
        categories = List.copyOf(categories);
        subresources = List.copyOf(subresources);
    }
}
