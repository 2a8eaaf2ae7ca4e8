package io.gantry.apiserver.openapi;

import io.gantry.api.Json;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Definitions of what is no struct: times, quantities, free JSON.
final class ScalarDefinitions {
    private static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.";
    private static final String EXTENSIONS = "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.";

    static final String TIME = META + "Time";
    static final String MICRO_TIME = META + "MicroTime";
    static final String FIELDS = META + "FieldsV1";
    static final String PATCH = META + "Patch";
    static final String QUANTITY = "io.k8s.apimachinery.pkg.api.resource.Quantity";
    static final String INT_OR_STRING = "io.k8s.apimachinery.pkg.util.intstr.IntOrString";
    static final String RAW = "io.k8s.apimachinery.pkg.runtime.RawExtension";
    static final String JSON = EXTENSIONS + "JSON";
    static final String SCHEMA_OR_ARRAY = EXTENSIONS + "JSONSchemaPropsOrArray";
    static final String SCHEMA_OR_BOOL = EXTENSIONS + "JSONSchemaPropsOrBool";
    static final String SCHEMA_OR_STRINGS = EXTENSIONS + "JSONSchemaPropsOrStringArray";
    static final String STATUS_SUBRESOURCE = EXTENSIONS + "CustomResourceSubresourceStatus";

    private static final Map<String, Function<Dialect, ObjectNode>> DEFINITIONS = new TreeMap<>(Map.ofEntries(
            Map.entry(TIME, dialect -> text("date-time", "A point in time, RFC 3339 with whole seconds.")),
            Map.entry(MICRO_TIME, dialect -> text("date-time", "A point in time, RFC 3339 with microseconds.")),
            Map.entry(FIELDS, dialect -> object("A set of fields in the notation of server-side apply.")),
            Map.entry(PATCH, dialect -> object("A change of an object, in the form that the Content-Type names.")),
            Map.entry(RAW, dialect -> object("Any JSON object.")),
            Map.entry(STATUS_SUBRESOURCE, dialect -> object("Its presence turns the status subresource on.")),
            Map.entry(QUANTITY, ScalarDefinitions::quantity),
            Map.entry(INT_OR_STRING, ScalarDefinitions::intOrString),
            Map.entry(JSON, dialect -> described("Any JSON value.")),
            Map.entry(SCHEMA_OR_ARRAY, dialect -> described("A schema or an array of schemas.")),
            Map.entry(SCHEMA_OR_BOOL, dialect -> described("A schema or a boolean.")),
            Map.entry(SCHEMA_OR_STRINGS, dialect -> described("A schema or an array of strings."))));

    private ScalarDefinitions() {}

    static Iterable<String> names() {
        return DEFINITIONS.keySet();
    }

    static Optional<ObjectNode> find(String name, Dialect dialect) {
        return Optional.ofNullable(DEFINITIONS.get(name)).map(definition -> definition.apply(dialect));
    }

    private static ObjectNode quantity(Dialect dialect) {
        ObjectNode node =
                described("An amount with an optional suffix: n, u, m, k, M, G, T, P, E for powers of ten, Ki,"
                        + " Mi, Gi, Ti, Pi, Ei for powers of two, or an exponent such as e3.");
        return dialect == Dialect.V2 ? node.put("type", "string") : oneOf(node, "string", "number");
    }

    private static ObjectNode intOrString(Dialect dialect) {
        ObjectNode node = described("A whole number or a text, such as a percentage or the name of a port.")
                .put("format", "int-or-string");
        return dialect == Dialect.V2 ? node.put("type", "string") : oneOf(node, "integer", "string");
    }

    private static ObjectNode oneOf(ObjectNode node, String... types) {
        ArrayNode oneOf = node.putArray("oneOf");
        for (String type : types) {
            oneOf.addObject().put("type", type);
        }
        return node;
    }

    private static ObjectNode text(String format, String description) {
        return described(description).put("type", "string").put("format", format);
    }

    private static ObjectNode object(String description) {
        return described(description).put("type", "object");
    }

    private static ObjectNode described(String description) {
        return Json.MAPPER.createObjectNode().put("description", description);
    }
}
