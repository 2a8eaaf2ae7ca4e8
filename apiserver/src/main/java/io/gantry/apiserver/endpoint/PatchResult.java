package io.gantry.apiserver.endpoint;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.api.decode.Body;
import io.gantry.api.decode.StrictFields;
import io.gantry.api.decode.Target;
import io.gantry.api.json.GoNumbers;
import io.gantry.api.json.GoValues;
import io.gantry.api.kind.FieldError;
import io.gantry.api.patch.JsonPatch;
import io.gantry.api.patch.MergePatch;
import io.gantry.api.patch.StrategicMergePatch;
import io.gantry.api.schema.DecodeException;
import io.gantry.api.schema.FieldValidation;
import io.gantry.api.schema.GoConverter;
import io.gantry.api.schema.ResourceSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A patch of an object with a schema: JSON patch, merge patch or strategic merge patch, and what upstream answers when
/// its result does not fit (`handlers/patch.go`): 422 about the field `patch`.
///
/// @param strict faults that the patch's own text has
/// @param shown how an error names what does not fit, from the result
/// @param goMaps whether the result is converted, not decoded
record PatchResult(
        ResourceSchema schema,
        Function<ObjectNode, ObjectNode> patch,
        List<String> strict,
        Function<ObjectNode, String> shown,
        boolean goMaps) {
    private static final Set<String> OPERATION = Set.of("op", "path", "from", "value");

    /// The operations of a JSON patch: each knows its members, whose values may be anything.
    private static final Target OPERATIONS = new Target() {
        @Override
        public Optional<Target> member(String name) {
            return OPERATION.contains(name) ? Optional.of(FREE) : Optional.empty();
        }

        @Override
        public Target element() {
            return this;
        }
    };

    /// Reads the request's patch.
    ///
    /// @throws StatusException 400 for what is no patch, 415 for a type that the schema does not take
    static PatchResult of(Call call, ResourceSchema schema) {
        byte[] body = call.request().body();
        return switch (Patches.type(call)) {
            case Patches.JSON -> {
                JsonPatch patch = JsonPatch.parse(body);
                yield new PatchResult(
                        schema,
                        current -> object(patch.apply(current)),
                        unusualMembers(body),
                        ObjectNode::toString,
                        false);
            }
            case Patches.MERGE -> {
                Body patch = io.gantry.api.decode.Bodies.patch(body, "error decoding patch: ", false);
                yield new PatchResult(
                        schema,
                        current -> object(MergePatch.apply(current, patch.tree())),
                        patch.strictErrors(),
                        ObjectNode::toString,
                        false);
            }
            case Patches.STRATEGIC -> {
                if (schema.custom()) {
                    throw unsupported(true);
                }
                Body patch = io.gantry.api.decode.Bodies.patch(body, "", true);
                yield new PatchResult(
                        schema,
                        current -> StrategicMergePatch.apply(
                                schema, current, patch.tree().deepCopy()),
                        patch.strictErrors(),
                        result -> GoValues.plain(patch.tree()),
                        true);
            }
            default -> throw unsupported(schema.custom());
        };
    }

    /// What strict decoding of a JSON patch objects to.
    private static List<String> unusualMembers(byte[] body) {
        return StrictFields.of(body, OPERATIONS).stream()
                .map(error -> "json patch " + error)
                .toList();
    }

    static StatusException unsupported(boolean custom) {
        List<String> types = new ArrayList<>(List.of(Patches.JSON, Patches.MERGE));
        if (!custom) {
            types.add(Patches.STRATEGIC);
        }
        types.add(Patches.APPLY);
        return StatusException.unsupportedMediaType("the body of the request was in an unknown format - "
                + "accepted media types include: " + String.join(", ", types));
    }

    private static ObjectNode object(JsonNode tree) {
        if (tree instanceof ObjectNode object) {
            return object;
        }
        throw StatusException.badRequest("the patch does not leave an object");
    }

    /// The object that the patch leaves, conforming to the schema; warnings go to the call.
    ///
    /// @param current may be changed
    /// @param again gives the current object once more, for a message
    ObjectNode of(Call call, ObjectNode current, Supplier<ObjectNode> again, WriteOptions options) {
        ObjectNode object = patch.apply(current);
        checkType(object, again);
        object.put("apiVersion", schema.apiVersion()).put("kind", schema.kind());
        if (goMaps) {
            GoNumbers.canonical(object);
        }
        List<String> found = new ArrayList<>(strict);
        try {
            found.addAll(goMaps ? sorted(schema.conformPatched(object)) : schema.conformPatched(object));
        } catch (DecodeException unfit) {
            String why = String.valueOf(unfit.getMessage());
            throw invalid(again.get(), goMaps ? GoConverter.says(why) : why);
        }
        if (!found.isEmpty() && options.fieldValidation() == FieldValidation.STRICT) {
            throw invalid(again.get(), "strict decoding error: " + String.join(", ", found));
        }
        if (options.fieldValidation() == FieldValidation.WARN) {
            call.warnings().addAll(found);
        }
        if (Metadata.text(object, "name").isEmpty()) {
            throw Metadata.nameless(call);
        }
        return object;
    }

    /// What upstream decodes again cannot become another kind; what it converts keeps its own.
    private void checkType(ObjectNode object, Supplier<ObjectNode> again) {
        String apiVersion = object.path("apiVersion").asString("");
        String kind = object.path("kind").asString("");
        if (goMaps || apiVersion.isEmpty() || kind.isEmpty()) {
            return;
        }
        if (schema.custom()) {
            checkCustomType(object, apiVersion, kind);
            return;
        }
        if (!schema.isNamed(apiVersion)) {
            throw invalid(
                    again.get(),
                    "no kind \"" + kind + "\" is registered for version \"" + apiVersion
                            + "\" in scheme \"pkg/runtime/scheme.go:111\"");
        }
        if (!kind.equals(schema.kind())) {
            throw invalid(
                    again.get(),
                    "converting (" + apiVersion + "." + kind + ") to (" + schema.version() + "." + schema.kind()
                            + "): unknown conversion");
        }
    }

    /// Nothing decodes what no type is known of: validation refuses it (apiextensions-apiserver's
    /// `validateCustomResource`).
    private void checkCustomType(ObjectNode object, String apiVersion, String kind) {
        List<FieldError> errors = new ArrayList<>();
        if (!kind.equals(schema.kind())) {
            errors.add(mustBe("kind", kind, schema.kind()));
        }
        if (!apiVersion.equals(schema.apiVersion())) {
            errors.add(mustBe("apiVersion", apiVersion, schema.apiVersion()));
        }
        if (!errors.isEmpty()) {
            String group = apiVersion.substring(0, Math.max(apiVersion.indexOf('/'), 0));
            throw StatusException.invalid(group, kind, Metadata.text(object, "name"), errors);
        }
    }

    private static FieldError mustBe(String field, String value, String wanted) {
        return new FieldError(FieldError.Type.INVALID, field, "Invalid value: \"" + value + "\": must be " + wanted);
    }

    private static Set<String> sorted(List<String> unknown) {
        return new TreeSet<>(unknown);
    }

    private StatusException invalid(ObjectNode current, String why) {
        ObjectNode result = patch.apply(current);
        result.put("apiVersion", schema.apiVersion()).put("kind", schema.kind());
        String value = Json.MAPPER.writeValueAsString(shown.apply(result));
        return StatusException.invalid(
                "",
                "",
                "",
                List.of(new FieldError(FieldError.Type.INVALID, "patch", "Invalid value: " + value + ": " + why)));
    }
}
