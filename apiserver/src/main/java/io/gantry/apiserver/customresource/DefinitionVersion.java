package io.gantry.apiserver.customresource;

import io.gantry.api.Json;
import io.gantry.apiserver.objects.Trees;
import io.gantry.apiserver.openapi.SchemaText;
import io.gantry.apiserver.registry.ScalePaths;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// One version of a CustomResourceDefinition.
///
/// @param deprecationWarning empty where the default one is to be given
/// @param schema the `openAPIV3Schema`
/// @param status whether it has the `status` subresource
/// @param scale empty without the `scale` subresource
/// @param columns `additionalPrinterColumns`
/// @param selectableFields paths without their leading dot
record DefinitionVersion(
        String name,
        boolean served,
        boolean storage,
        boolean deprecated,
        String deprecationWarning,
        SchemaText schema,
        boolean status,
        Optional<ScalePaths> scale,
        JsonNode columns,
        List<String> selectableFields) {
    DefinitionVersion {
        selectableFields = List.copyOf(selectableFields);
    }

    static DefinitionVersion of(JsonNode version) {
        JsonNode subresources = version.path("subresources");
        return new DefinitionVersion(
                Trees.text(version, "name"),
                Trees.flag(version, "served"),
                Trees.flag(version, "storage"),
                Trees.flag(version, "deprecated"),
                Trees.text(version, "deprecationWarning"),
                SchemaText.of(
                        version.path("schema").path("openAPIV3Schema") instanceof ObjectNode schema
                                ? schema
                                : Json.MAPPER.createObjectNode()),
                subresources.has("status"),
                scale(subresources.path("scale")),
                version.path("additionalPrinterColumns"),
                Trees.objects(version, "selectableFields").stream()
                        .map(field -> undotted(Trees.text(field, "jsonPath")))
                        .toList());
    }

    private static Optional<ScalePaths> scale(JsonNode scale) {
        if (!scale.isObject()) {
            return Optional.empty();
        }
        String selector = Trees.text(scale, "labelSelectorPath");
        return Optional.of(new ScalePaths(
                fields(Trees.text(scale, "specReplicasPath")),
                fields(Trees.text(scale, "statusReplicasPath")),
                selector.isEmpty() ? Optional.empty() : Optional.of(fields(selector))));
    }

    private static List<String> fields(String path) {
        return Arrays.asList(undotted(path).split("\\."));
    }

    private static String undotted(String path) {
        return path.startsWith(".") ? path.substring(1) : path;
    }
}
