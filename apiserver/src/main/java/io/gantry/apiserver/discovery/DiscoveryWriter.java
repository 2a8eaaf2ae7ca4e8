package io.gantry.apiserver.discovery;

import io.gantry.api.Json;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes discovery documents. Groups come as their versions, the preferred one first.
final class DiscoveryWriter {
    private final String serverAddress;

    DiscoveryWriter(String serverAddress) {
        this.serverAddress = serverAddress;
    }

    /// `APIGroupDiscoveryList` in version `v2` or `v2beta1`.
    byte[] aggregated(List<List<DiscoveryVersion>> groups, String version) {
        ObjectNode list = object("APIGroupDiscoveryList", "apidiscovery.k8s.io/" + version);
        list.putObject("metadata");
        ArrayNode items = list.putArray("items");
        for (List<DiscoveryVersion> versions : groups) {
            ObjectNode item = items.addObject();
            ObjectNode metadata = item.putObject("metadata");
            String name = versions.getFirst().group();
            if (!name.isEmpty()) {
                metadata.put("name", name);
            }
            metadata.putNull("creationTimestamp");
            ArrayNode array = item.putArray("versions");
            versions.forEach(each -> aggregated(array.addObject(), each));
        }
        return bytes(list);
    }

    private static void aggregated(ObjectNode node, DiscoveryVersion version) {
        node.put("version", version.version());
        ArrayNode resources = node.putArray("resources");
        for (DiscoveryResource resource : version.resources()) {
            ObjectNode entry = resources.addObject();
            entry.put("resource", resource.name());
            kind(entry, version.group(), version.version(), resource.kind());
            entry.put("scope", resource.namespaced() ? "Namespaced" : "Cluster");
            entry.put("singularResource", resource.singular());
            texts(entry, "verbs", resource.verbs(), true);
            texts(entry, "shortNames", resource.shortNames(), false);
            texts(entry, "categories", resource.categories(), false);
            subresources(entry, resource);
        }
        node.put("freshness", version.current() ? "Current" : "Stale");
    }

    private static void subresources(ObjectNode entry, DiscoveryResource resource) {
        if (resource.subresources().isEmpty()) {
            return;
        }
        ArrayNode array = entry.putArray("subresources");
        for (DiscoverySubresource subresource : resource.subresources()) {
            ObjectNode node = array.addObject();
            node.put("subresource", subresource.name());
            kind(node, subresource.group(), subresource.version(), subresource.kind());
            texts(node, "verbs", subresource.verbs(), true);
        }
    }

    private static void kind(ObjectNode node, String group, String version, String kind) {
        node.putObject("responseKind")
                .put("group", group)
                .put("version", version)
                .put("kind", kind);
    }

    /// `APIVersions` of the core group.
    byte[] coreVersions(List<DiscoveryVersion> versions) {
        ObjectNode node = Json.MAPPER.createObjectNode().put("kind", "APIVersions");
        texts(node, "versions", versions.stream().map(DiscoveryVersion::version).toList(), true);
        node.putArray("serverAddressByClientCIDRs")
                .addObject()
                .put("clientCIDR", "0.0.0.0/0")
                .put("serverAddress", serverAddress);
        return bytes(node);
    }

    /// `APIGroupList`.
    byte[] groups(List<List<DiscoveryVersion>> groups) {
        ObjectNode node = object("APIGroupList", "v1");
        ArrayNode array = node.putArray("groups");
        groups.forEach(versions -> group(array.addObject(), versions));
        return bytes(node);
    }

    /// `APIGroup`.
    byte[] group(List<DiscoveryVersion> versions) {
        ObjectNode node = object("APIGroup", "v1");
        group(node, versions);
        return bytes(node);
    }

    private static void group(ObjectNode node, List<DiscoveryVersion> versions) {
        node.put("name", versions.getFirst().group());
        ArrayNode array = node.putArray("versions");
        versions.forEach(version -> version(array.addObject(), version));
        version(node.putObject("preferredVersion"), versions.getFirst());
    }

    private static void version(ObjectNode node, DiscoveryVersion version) {
        node.put("groupVersion", version.groupVersion()).put("version", version.version());
    }

    /// `APIResourceList`.
    byte[] resources(DiscoveryVersion version) {
        ObjectNode node = Json.MAPPER.createObjectNode().put("kind", "APIResourceList");
        if (!version.group().isEmpty()) {
            node.put("apiVersion", "v1");
        }
        node.put("groupVersion", version.groupVersion());
        ArrayNode array = node.putArray("resources");
        for (DiscoveryResource resource : version.resources()) {
            ObjectNode entry = array.addObject();
            entry.put("name", resource.name())
                    .put("singularName", resource.singular())
                    .put("namespaced", resource.namespaced())
                    .put("kind", resource.kind());
            texts(entry, "verbs", resource.verbs(), true);
            texts(entry, "shortNames", resource.shortNames(), false);
            texts(entry, "categories", resource.categories(), false);
            if (!resource.storageVersionHash().isEmpty()) {
                entry.put("storageVersionHash", resource.storageVersionHash());
            }
            resource.subresources().forEach(part -> subresource(array.addObject(), version, resource, part));
        }
        return bytes(node);
    }

    private static void subresource(
            ObjectNode entry, DiscoveryVersion version, DiscoveryResource resource, DiscoverySubresource part) {
        entry.put("name", resource.name() + "/" + part.name())
                .put("singularName", "")
                .put("namespaced", resource.namespaced());
        if (!part.group().equals(version.group()) || !part.version().equals(version.version())) {
            entry.put("group", part.group()).put("version", part.version());
        }
        entry.put("kind", part.kind());
        texts(entry, "verbs", part.verbs(), true);
    }

    private static ObjectNode object(String kind, String apiVersion) {
        return Json.MAPPER.createObjectNode().put("kind", kind).put("apiVersion", apiVersion);
    }

    private static void texts(ObjectNode node, String name, List<String> values, boolean always) {
        if (always || !values.isEmpty()) {
            ArrayNode array = node.putArray(name);
            values.forEach(array::add);
        }
    }

    private static byte[] bytes(ObjectNode node) {
        return Json.MAPPER.writeValueAsBytes(node);
    }
}
