package io.gantry.apiserver.aggregation;

import io.gantry.apiserver.discovery.DiscoveryResource;
import io.gantry.apiserver.discovery.DiscoverySubresource;
import io.gantry.apiserver.discovery.DiscoveryVersion;
import io.gantry.apiserver.objects.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// Reads an `APIResourceList`. Pure.
final class RemoteDiscovery {
    private RemoteDiscovery() {}

    /// What a group version has.
    static List<DiscoveryResource> resources(RemoteService remote, JsonNode list) {
        Map<String, List<DiscoverySubresource>> parts = new TreeMap<>();
        for (JsonNode entry : Trees.list(list, "resources")) {
            String name = Trees.text(entry, "name");
            int slash = name.indexOf('/');
            if (slash > 0) {
                parts.computeIfAbsent(name.substring(0, slash), n -> new ArrayList<>())
                        .add(subresource(remote, name.substring(slash + 1), entry));
            }
        }
        List<DiscoveryResource> resources = new ArrayList<>();
        for (JsonNode entry : Trees.list(list, "resources")) {
            String name = Trees.text(entry, "name");
            if (!name.contains("/")) {
                resources.add(new DiscoveryResource(
                        name,
                        Trees.text(entry, "singularName"),
                        Trees.text(entry, "kind"),
                        Trees.flag(entry, "namespaced"),
                        Trees.texts(entry, "verbs"),
                        Trees.texts(entry, "shortNames"),
                        Trees.texts(entry, "categories"),
                        Trees.text(entry, "storageVersionHash"),
                        parts.getOrDefault(name, List.of())));
            }
        }
        return resources;
    }

    private static DiscoverySubresource subresource(RemoteService remote, String name, JsonNode entry) {
        String group = Trees.text(entry, "group");
        String version = Trees.text(entry, "version");
        boolean own = version.isEmpty();
        return new DiscoverySubresource(
                name,
                own ? remote.group() : group,
                own ? remote.version() : version,
                Trees.text(entry, "kind"),
                Trees.texts(entry, "verbs"));
    }

    static DiscoveryVersion version(RemoteService remote, List<DiscoveryResource> resources) {
        return new DiscoveryVersion(remote.group(), remote.version(), resources, remote.available());
    }
}
