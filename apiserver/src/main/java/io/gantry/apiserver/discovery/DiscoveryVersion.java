package io.gantry.apiserver.discovery;

import java.util.Comparator;
import java.util.List;

/// One served version of a group.
///
/// @param group empty for core
/// @param version e.g. `v1`
/// @param resources kept in alphabetical order
/// @param current false when an aggregated server could not be asked, and its last answer is shown
public record DiscoveryVersion(String group, String version, List<DiscoveryResource> resources, boolean current) {
    public DiscoveryVersion {
        resources = resources.stream()
                .sorted(Comparator.comparing(DiscoveryResource::name))
                .toList();
    }

    /// `v1` for core, else `group/version`.
    public String groupVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }
}
