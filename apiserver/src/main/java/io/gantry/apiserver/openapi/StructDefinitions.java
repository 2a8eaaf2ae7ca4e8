package io.gantry.apiserver.openapi;

import io.gantry.api.Json;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Definitions of what clients read and nobody stores: the events of a watch, and what `/version` says.
final class StructDefinitions {
    static final String WATCH_EVENT = "io.k8s.apimachinery.pkg.apis.meta.v1.WatchEvent";
    static final String VERSION = "io.k8s.apimachinery.pkg.version.Info";

    private static final List<String> BUILD = List.of(
            "major",
            "minor",
            "gitVersion",
            "gitCommit",
            "gitTreeState",
            "buildDate",
            "goVersion",
            "compiler",
            "platform");
    private static final List<String> EMULATION =
            List.of("emulationMajor", "emulationMinor", "minCompatibilityMajor", "minCompatibilityMinor");

    private StructDefinitions() {}

    static List<String> names() {
        return List.of(WATCH_EVENT, VERSION);
    }

    static Optional<ObjectNode> find(String name, Dialect dialect) {
        return switch (name) {
            case WATCH_EVENT -> Optional.of(watchEvent(dialect));
            case VERSION -> Optional.of(version(dialect));
            default -> Optional.empty();
        };
    }

    private static ObjectNode watchEvent(Dialect dialect) {
        ObjectNode node = object("A change of an object.");
        ObjectNode properties = node.putObject("properties");
        properties.set("object", dialect.ref(ScalarDefinitions.RAW));
        text(properties, "type", dialect);
        return require(node, List.of("type", "object"));
    }

    private static ObjectNode version(Dialect dialect) {
        ObjectNode node = object("What this server was built from.");
        ObjectNode properties = node.putObject("properties");
        Stream.concat(BUILD.stream(), EMULATION.stream()).sorted().forEach(name -> {
            if (BUILD.contains(name)) {
                text(properties, name, dialect);
            } else {
                properties.putObject(name).put("type", "string");
            }
        });
        return require(node, BUILD);
    }

    /// A text that is always there.
    private static void text(ObjectNode properties, String name, Dialect dialect) {
        ObjectNode node = properties.putObject(name).put("type", "string");
        if (dialect == Dialect.V3) {
            node.put("default", "");
        }
    }

    private static ObjectNode require(ObjectNode node, List<String> names) {
        ArrayNode required = node.putArray("required");
        names.forEach(required::add);
        return node;
    }

    private static ObjectNode object(String description) {
        return Json.MAPPER.createObjectNode().put("description", description).put("type", "object");
    }
}
