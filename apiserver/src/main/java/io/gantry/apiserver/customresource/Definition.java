package io.gantry.apiserver.customresource;

import io.gantry.api.Json;
import io.gantry.api.kind.KindCatalog;
import io.gantry.apiserver.objects.Trees;
import io.gantry.component.Digests;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A CustomResourceDefinition as far as serving depends on it. Names are the accepted ones.
///
/// @param conversion `spec.conversion`, missing where there is none
/// @param established whether it is served
/// @param terminating whether its objects are being deleted
/// @param serving a digest of what serving depends on: a change of it makes what is served anew
record Definition(
        String name,
        String group,
        String plural,
        String singular,
        String kind,
        String listKind,
        List<String> shortNames,
        List<String> categories,
        boolean namespaced,
        List<DefinitionVersion> versions,
        JsonNode conversion,
        boolean established,
        boolean terminating,
        String serving) {
    private static final Set<String> BUILT_IN = KindCatalog.all().stream()
            .map(definition -> definition.kind().apiVersion())
            .collect(Collectors.toUnmodifiableSet());

    Definition {
        shortNames = List.copyOf(shortNames);
        categories = List.copyOf(categories);
        versions = List.copyOf(versions);
    }

    /// Reads the tree, and keeps parts of it.
    static Definition of(ObjectNode tree) {
        JsonNode spec = tree.path("spec");
        JsonNode names = tree.path("status").path("acceptedNames");
        List<DefinitionVersion> versions = new ArrayList<>();
        spec.path("versions").forEach(version -> versions.add(DefinitionVersion.of(version)));
        return new Definition(
                Trees.name(tree),
                Trees.text(spec, "group"),
                Trees.text(names, "plural"),
                Trees.text(names, "singular"),
                Trees.text(names, "kind"),
                Trees.text(names, "listKind"),
                Trees.texts(names, "shortNames"),
                Trees.texts(names, "categories"),
                Trees.text(spec, "scope").equals("Namespaced"),
                versions,
                spec.path("conversion"),
                Conditions.isTrue(tree, Conditions.ESTABLISHED),
                Conditions.isTrue(tree, Conditions.TERMINATING),
                digest(tree.arrayNode().add(spec).add(names)));
    }

    private static String digest(JsonNode tree) {
        return HexFormat.of().formatHex(Digests.sha256(Json.MAPPER.writeValueAsBytes(tree)));
    }

    /// The version in which new objects are stored.
    Optional<DefinitionVersion> storage() {
        return versions.stream().filter(DefinitionVersion::storage).findFirst();
    }

    Optional<DefinitionVersion> version(String wanted) {
        return versions.stream().filter(v -> v.name().equals(wanted)).findFirst();
    }

    /// The versions that are served. A built-in group's version is the server's own, whatever is defined in it
    /// (upstream `server/handler.go`: it answers all paths below).
    List<DefinitionVersion> served() {
        return versions.stream()
                .filter(version -> version.served() && !BUILT_IN.contains(apiVersion(version)))
                .toList();
    }

    String apiVersion(DefinitionVersion version) {
        return group + "/" + version.name();
    }

    /// Whether objects are converted by somebody else's server.
    boolean webhook() {
        return conversion.path("strategy").asString("").equals("Webhook");
    }
}
