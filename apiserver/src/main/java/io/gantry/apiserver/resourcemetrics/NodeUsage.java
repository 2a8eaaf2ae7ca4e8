package io.gantry.apiserver.resourcemetrics;

import java.util.Map;
import java.util.Optional;

/// What a node and its pods used.
///
/// @param node empty where it is not known
/// @param pods containers' names and usages, by `namespace/name`
/// @param complete false when the use of processors is not known of everything that was told of
record NodeUsage(Optional<Usage> node, Map<String, Map<String, Usage>> pods, boolean complete) {
    static final NodeUsage NOTHING = new NodeUsage(Optional.empty(), Map.of(), true);
}
