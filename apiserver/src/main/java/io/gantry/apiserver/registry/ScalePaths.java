package io.gantry.apiserver.registry;

import java.util.List;
import java.util.Optional;

/// Where the `scale` subresource finds its values.
///
/// @param specReplicas fields down to the wanted count
/// @param statusReplicas fields down to the present count
/// @param selector fields down to a selector in text form; empty where the spec holds a selector object
public record ScalePaths(List<String> specReplicas, List<String> statusReplicas, Optional<List<String>> selector) {
    /// Of the built-in kinds, whose selector is an object.
    public static final ScalePaths BUILT_IN =
            new ScalePaths(List.of("spec", "replicas"), List.of("status", "replicas"), Optional.empty());

    public ScalePaths {
        specReplicas = List.copyOf(specReplicas);
        statusReplicas = List.copyOf(statusReplicas);
    }
}
