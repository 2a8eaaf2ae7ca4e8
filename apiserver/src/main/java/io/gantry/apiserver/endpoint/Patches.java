package io.gantry.apiserver.endpoint;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.api.decode.Body;
import io.gantry.api.managedfields.FieldWriter;
import io.gantry.api.managedfields.ServerSideApply;
import io.gantry.api.patch.JsonPatch;
import io.gantry.api.patch.MergePatch;
import io.gantry.api.patch.StrategicMergePatch;
import io.gantry.api.schema.FieldValidation;
import io.gantry.apiserver.http.Response;
import io.gantry.apiserver.negotiation.MediaType;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `patch`: JSON patch, merge patch, strategic merge patch and apply.
final class Patches {
    static final String JSON = "application/json-patch+json";
    static final String MERGE = "application/merge-patch+json";
    static final String STRATEGIC = "application/strategic-merge-patch+json";
    static final String APPLY = "application/apply-patch+yaml";
    static final String APPLY_CBOR = "application/apply-patch+cbor";

    private final Writes writes;
    private final Answers answers;

    Patches(Writes writes, Answers answers) {
        this.writes = writes;
        this.answers = answers;
    }

    Response patch(Call call, Writes.Part part) {
        WriteOptions options = WriteOptions.of(call.request());
        if (type(call).equals(APPLY)) {
            return apply(call, part, options);
        }
        Writes.Change patch = change(call, options);
        Writes.Written written = writes.update(call, call.key(), part, patch, options, true);
        return answers.stored(call, 200, written.bytes());
    }

    static String type(Call call) {
        return MediaType.parse(call.request().head().header("content-type").orElse(""))
                .type();
    }

    /// A patch as a change that conforms to the schema.
    ///
    /// @throws StatusException 415 for a type of patch that the resource does not take
    Writes.Change change(Call call, WriteOptions options) {
        List<String> duplicates = new ArrayList<>();
        Writes.Change raw = raw(call, call.resource().schema().custom(), duplicates);
        return current -> conforming(call, raw.apply(current), duplicates, options);
    }

    /// A patch as a change of any tree with the resource's schema.
    ///
    /// @param duplicates gets the fields that the patch names twice
    private static Writes.Change raw(Call call, boolean custom, List<String> duplicates) {
        byte[] body = call.request().body();
        return switch (type(call)) {
            case JSON -> {
                JsonPatch patch = JsonPatch.parse(body);
                yield current -> object(patch.apply(current));
            }
            case MERGE -> {
                ObjectNode patch = tree(body, duplicates);
                yield current -> object(MergePatch.apply(current, patch));
            }
            case STRATEGIC -> {
                if (custom) {
                    throw unsupported(custom);
                }
                ObjectNode patch = tree(body, duplicates);
                yield current -> StrategicMergePatch.apply(call.resource().schema(), current, patch.deepCopy());
            }
            default -> throw unsupported(custom);
        };
    }

    private static ObjectNode tree(byte[] body, List<String> duplicates) {
        Body patch = io.gantry.api.decode.Bodies.json(body);
        duplicates.addAll(patch.strictErrors());
        return patch.tree();
    }

    private static StatusException unsupported(boolean custom) {
        List<String> types = new ArrayList<>(List.of(JSON, MERGE));
        if (!custom) {
            types.add(STRATEGIC);
        }
        types.add(APPLY);
        return StatusException.unsupportedMediaType("the body of the request was in an unknown format - "
                + "accepted media types include: " + String.join(", ", types));
    }

    private static ObjectNode object(JsonNode tree) {
        if (tree instanceof ObjectNode object) {
            return object;
        }
        throw StatusException.badRequest("the patch does not leave an object");
    }

    private static ObjectNode conforming(Call call, ObjectNode object, List<String> duplicates, WriteOptions options) {
        object.put("apiVersion", call.resource().apiVersion());
        object.put("kind", call.resource().kind());
        List<String> strict = new ArrayList<>(duplicates);
        strict.addAll(call.resource().schema().conform(object));
        if (!strict.isEmpty() && options.fieldValidation() == FieldValidation.STRICT) {
            throw StatusException.of(
                    422,
                    "Invalid",
                    call.resource().kind()
                            + (call.resource().group().isEmpty()
                                    ? ""
                                    : "." + call.resource().group())
                            + " \"" + call.info().name()
                            + "\" is invalid: patch: Invalid value: " + shown(call) + ": strict decoding error: "
                            + String.join(", ", strict),
                    null);
        }
        if (options.fieldValidation() == FieldValidation.WARN) {
            call.warnings().addAll(strict);
        }
        return object;
    }

    private static String shown(Call call) {
        return Json.MAPPER.writeValueAsString(
                new String(call.request().body(), java.nio.charset.StandardCharsets.UTF_8));
    }

    private Response apply(Call call, Writes.Part part, WriteOptions options) {
        if (!options.managerGiven()) {
            throw StatusException.of(
                    422,
                    "Invalid",
                    "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required for apply patch",
                    null);
        }
        var body = io.gantry.api.decode.Bodies.yaml(call.request().body());
        ObjectNode configuration = body.tree();
        checkConfiguration(call, configuration);
        call.warnings()
                .addAll(ServerSideApply.decode(
                        call.resource().schema(),
                        body,
                        () -> io.gantry.api.decode.Bodies.yaml(call.request().body())
                                .tree(),
                        options.fieldValidation()));
        FieldWriter writer = writes.writer(call, options);
        if (part == Writes.Part.MAIN && call.storage().readCached(call.key()).isEmpty()) {
            ObjectNode object =
                    ServerSideApply.apply(call.resource().schema(), null, configuration, options.force(), writer);
            Metadata.of(object).put("name", call.info().name());
            try {
                Writes.Written written = writes.create(call, object, options, false);
                return answers.stored(call, 201, written.bytes());
            } catch (StatusException e) {
                if (!e.isAlreadyExists()) {
                    throw e;
                }
            }
        }
        Writes.Change change = current ->
                ServerSideApply.apply(call.resource().schema(), current, configuration, options.force(), writer);
        Writes.Written written = writes.update(call, call.key(), part, change, options, false);
        return answers.stored(call, 200, written.bytes());
    }

    private static void checkConfiguration(Call call, ObjectNode configuration) {
        if (configuration.path("metadata").has("managedFields")) {
            throw StatusException.badRequest("metadata.managedFields must be nil");
        }
        String apiVersion = configuration.path("apiVersion").asString("");
        String kind = configuration.path("kind").asString("");
        if (!apiVersion.equals(call.resource().apiVersion())
                || !kind.equals(call.resource().kind())) {
            throw StatusException.badRequest("incorrect object version or kind: " + apiVersion + ", Kind=" + kind
                    + " is not " + call.resource().apiVersion() + ", Kind="
                    + call.resource().kind());
        }
        String name = Metadata.text(configuration, "name");
        if (!name.isEmpty() && !name.equals(call.info().name())) {
            throw StatusException.badRequest("the name of the object (" + name
                    + ") does not match the name on the URL (" + call.info().name() + ")");
        }
        Metadata.of(configuration).put("name", call.info().name());
        Metadata.checkNamespace(call, configuration);
    }
}
