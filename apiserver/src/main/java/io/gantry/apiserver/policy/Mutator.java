package io.gantry.apiserver.policy;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.api.managedfields.ServerSideApply;
import io.gantry.api.patch.JsonPatch;
import io.gantry.apiserver.registry.ServedResource;
import io.gantry.cel.value.CelError;
import io.gantry.cel.value.JsonWriter;
import io.gantry.cel.value.StructValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Makes of what a mutation's expression gave a changed object.
///
/// @param resource whose objects they are
record Mutator(Optional<ServedResource> resource) {
    private static final String OBJECT = "Object";

    /// Merges `Object{…}` as an apply would.
    ///
    /// @param object may be changed and shared
    ObjectNode merge(ObjectNode object, Object value) throws PolicyFailure {
        ServedResource known =
                resource.orElseThrow(() -> new PolicyFailure("the schema of the object's resource is not known"));
        if (!(value instanceof StructValue struct)) {
            throw new PolicyFailure("unsupported return type from ApplyConfiguration expression");
        }
        checkNames(struct, OBJECT);
        ObjectNode configuration = (ObjectNode) json(struct, "invalid return type: ");
        configuration.put("apiVersion", known.apiVersion()).put("kind", known.kind());
        try {
            List<String> unknown = known.schema().conform(configuration);
            if (!unknown.isEmpty()) {
                throw new PolicyFailure("error applying patch: failed to convert patch object to typed object: "
                        + String.join(", ", unknown));
            }
        } catch (StatusException unfit) {
            throw new PolicyFailure(
                    "error applying patch: failed to convert patch object to typed object: " + unfit.getMessage());
        }
        List<String> atomics = Atomics.in(known.schema().root(), configuration);
        if (!atomics.isEmpty()) {
            throw new PolicyFailure("error applying patch: invalid ApplyConfiguration: may not mutate atomic arrays, "
                    + "maps or structs: " + String.join(", ", atomics));
        }
        return ServerSideApply.merge(known.schema(), object, configuration).deepCopy();
    }

    /// Applies a list of `JSONPatch{…}`; a test that fails leaves the object as it is.
    ObjectNode patch(ObjectNode object, Object value) throws PolicyFailure {
        ArrayNode operations = Json.MAPPER.createArrayNode();
        for (Object element : (List<?>) value) {
            if (!(element instanceof StructValue operation)) {
                throw new PolicyFailure(
                        "type mismatch: JSONPatchType.expression should evaluate to array of JSONPatch");
            }
            operations.add(operation(operation));
        }
        try {
            if (JsonPatch.of(operations).apply(object.deepCopy()) instanceof ObjectNode patched) {
                return patched;
            }
            throw new PolicyFailure("JSON Patch: the patch does not leave an object");
        } catch (StatusException failed) {
            String why = JsonPatch.whyNot(failed);
            if (why.endsWith("test failed")) {
                return object;
            }
            throw new PolicyFailure("JSON Patch: " + why);
        }
    }

    private static ObjectNode operation(StructValue operation) throws PolicyFailure {
        ObjectNode tree = Json.MAPPER.createObjectNode();
        for (Map.Entry<String, Object> field : operation.fields().entrySet()) {
            Object value = field.getValue();
            if (field.getKey().equals("value") && value instanceof StructValue struct) {
                checkNames(struct, struct.typeName());
            }
            tree.set(
                    field.getKey(),
                    json(value, "JSONPath valueExpression evaluated to a type that could not marshal to JSON: "));
        }
        if (tree.path("from").asString("").isEmpty()) {
            tree.remove("from");
        }
        return tree;
    }

    private static JsonNode json(Object value, String failure) throws PolicyFailure {
        try {
            return JsonWriter.write(value);
        } catch (CelError unfit) {
            throw new PolicyFailure(failure + unfit.text());
        }
    }

    /// `Object.spec` may only stand where the field `spec` of an `Object` is.
    private static void checkNames(StructValue struct, String expected) throws PolicyFailure {
        if (!struct.typeName().equals(expected)) {
            throw new PolicyFailure("type mismatch: unexpected type name \"" + struct.typeName() + "\", expected \""
                    + expected + "\", which matches field name path from root Object type");
        }
        for (Map.Entry<String, Object> field : struct.fields().entrySet()) {
            String below = expected + "." + field.getKey();
            if (field.getValue() instanceof StructValue nested) {
                checkNames(nested, below);
            } else if (field.getValue() instanceof List<?> list) {
                for (Object element : list) {
                    if (element instanceof StructValue nested) {
                        checkNames(nested, below);
                    }
                }
            }
        }
    }
}
