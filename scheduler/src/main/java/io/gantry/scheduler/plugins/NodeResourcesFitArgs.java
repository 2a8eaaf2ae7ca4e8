package io.gantry.scheduler.plugins;

import io.gantry.api.decode.Arguments;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Arguments of `NodeResourcesFit`.
///
/// @param ignoredResources extended resources that the filter does not look at
/// @param ignoredGroups the same for all resources of a group (what stands before the slash)
record NodeResourcesFitArgs(Set<String> ignoredResources, Set<String> ignoredGroups, ScoringStrategy strategy) {
    static final NodeResourcesFitArgs DEFAULT = new NodeResourcesFitArgs(
            Set.of(), Set.of(), new ScoringStrategy.LeastAllocated(ResourceWeight.CPU_AND_MEMORY));

    NodeResourcesFitArgs {
        ignoredResources = Set.copyOf(ignoredResources);
        ignoredGroups = Set.copyOf(ignoredGroups);
    }

    static NodeResourcesFitArgs read(Arguments arguments) {
        List<String> groups = arguments.texts("ignoredResourceGroups");
        for (int i = 0; i < groups.size(); i++) {
            if (groups.get(i).contains("/")) {
                arguments.invalid(
                        "ignoredResourceGroups[" + i + "]", groups.get(i), "resource group name can't contain '/'");
            }
        }
        Optional<Arguments> strategy = arguments.object("scoringStrategy");
        return new NodeResourcesFitArgs(
                new HashSet<>(arguments.texts("ignoredResources")),
                new HashSet<>(groups),
                strategy.map(ScoringStrategy::read).orElse(DEFAULT.strategy));
    }

    /// The same with further resources that the filter does not look at.
    NodeResourcesFitArgs ignoringToo(Set<String> more) {
        if (more.isEmpty()) {
            return this;
        }
        Set<String> all = new HashSet<>(ignoredResources);
        all.addAll(more);
        return new NodeResourcesFitArgs(all, ignoredGroups, strategy);
    }

    /// Whether the filter leaves the extended resource out.
    boolean ignores(String resource) {
        if (ignoredResources.isEmpty() && ignoredGroups.isEmpty()) {
            return false;
        }
        int slash = resource.indexOf('/');
        return ignoredResources.contains(resource)
                || (slash > 0 && ignoredGroups.contains(resource.substring(0, slash)));
    }
}
