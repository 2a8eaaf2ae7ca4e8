package io.gantry.apiserver.endpoint;

import io.gantry.api.StatusException;
import io.gantry.api.decode.Body;
import io.gantry.api.kind.FieldErrors;
import io.gantry.api.negotiation.MediaType;
import io.gantry.api.protobuf.ProtobufDecoder;
import io.gantry.api.protobuf.ProtobufEncoder;
import io.gantry.api.schema.ResourceSchema;
import io.gantry.apiserver.http.Request;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Decodes request bodies by their content type.
public final class Bodies {
    private static final String UNREADABLE = "couldn't get version/kind";
    private static final int SHOWN_BYTES = 30;

    private final Supplier<ProtobufDecoder> protobuf;

    /// @param protobuf made at its first use
    public Bodies(Supplier<ProtobufDecoder> protobuf) {
        this.protobuf = protobuf;
    }

    /// What writes answers in protobuf.
    ProtobufEncoder encoder() {
        return protobuf.get().encoder();
    }

    /// A body as a tree, whatever its kind.
    ///
    /// @throws StatusException 415 for another media type, 400 for a body that cannot be read
    Body read(Request request, String apiVersion, String kind) {
        String type = MediaType.parse(request.head().header("content-type").orElse(""))
                .type();
        if (request.body().length == 0) {
            throw StatusException.badRequest("the object provided is unrecognized (must be of type " + kind + "): "
                    + UNREADABLE + "; json parse error: unexpected end of JSON input (<empty>)");
        }
        return switch (type) {
            case "", "application/json" -> recognized(kind, request.body(), io.gantry.api.decode.Bodies::json);
            case "application/yaml", "application/x-yaml", "text/yaml" ->
                recognized(kind, request.body(), io.gantry.api.decode.Bodies::yaml);
            case ProtobufDecoder.CONTENT_TYPE -> new Body(protobuf.get().decode(request.body(), apiVersion, kind));
            default ->
                throw StatusException.unsupportedMediaType("the body of the request was in an unknown format - "
                        + "accepted media types include: application/json, application/yaml, "
                        + ProtobufDecoder.CONTENT_TYPE);
        };
    }

    /// Says what was expected and how the body begins, as upstream (`apiserver/pkg/endpoints/handlers`,
    /// `transformDecodeError`).
    private static Body recognized(String kind, byte[] bytes, Function<byte[], Body> reader) {
        try {
            return reader.apply(bytes);
        } catch (StatusException e) {
            if (!String.valueOf(e.getMessage()).startsWith(UNREADABLE)) {
                throw e;
            }
            throw StatusException.badRequest("the object provided is unrecognized (must be of type " + kind + "): "
                    + e.getMessage() + " (" + beginning(bytes) + ")");
        }
    }

    /// As text where it may be an object, else in hexadecimal digits.
    private static String beginning(byte[] bytes) {
        byte[] first = Arrays.copyOf(bytes, Math.min(bytes.length, SHOWN_BYTES));
        String shown = bytes[0] == '{'
                ? new String(first, StandardCharsets.UTF_8)
                : HexFormat.of().formatHex(first);
        return bytes.length > SHOWN_BYTES ? shown + " ..." : shown;
    }

    /// The object of a write: kind and version checked, conforming to the schema; warnings go to the call.
    ObjectNode object(Call call, WriteOptions options) {
        var resource = call.resource();
        String type = MediaType.parse(
                        call.request().head().header("content-type").orElse(""))
                .type();
        if (resource.custom() && type.equals(ProtobufDecoder.CONTENT_TYPE)) {
            throw StatusException.unsupportedMediaType("the body of the request was in an unknown format - accepted"
                    + " media types include: application/json, application/yaml");
        }
        return decoded(call, resource.schema(), Set.of(), options, resource.rules()::defaults);
    }

    /// A body of another kind than the resource's, which subresources take.
    ///
    /// @param alike versions that have the same fields
    ObjectNode other(Call call, ResourceSchema schema, Set<String> alike) {
        return decoded(call, schema, alike, WriteOptions.of(call.request()), schema::applyDefaults);
    }

    private ObjectNode decoded(
            Call call, ResourceSchema schema, Set<String> alike, WriteOptions options, Consumer<ObjectNode> defaults) {
        Body body = read(call.request(), schema.apiVersion(), schema.kind());
        ObjectNode tree = body.tree();
        checkType(schema, alike, tree);
        call.warnings().addAll(schema.decode(tree, body, options.fieldValidation()));
        call.audit().body().accept(tree, defaults);
        return tree;
    }

    private static void checkType(ResourceSchema schema, Set<String> alike, ObjectNode tree) {
        String apiVersion = text(tree, "apiVersion");
        String kind = text(tree, "kind");
        if (!apiVersion.isEmpty() && !schema.isNamed(apiVersion) && !alike.contains(apiVersion)) {
            throw StatusException.badRequest("the API version in the data (" + apiVersion
                    + ") does not match the expected API version (" + schema.apiVersion() + ")");
        }
        if (!kind.isEmpty() && !kind.equals(schema.kind())) {
            if (schema.custom()) {
                throw otherKind(schema, tree, kind);
            }
            throw StatusException.badRequest(kind + " in version \"" + schema.version()
                    + "\" cannot be handled as a " + schema.kind() + ": converting (" + schema.apiVersion() + "." + kind
                    + ") to (" + schema.version() + "." + schema.kind() + "): unknown conversion");
        }
        tree.put("apiVersion", schema.apiVersion());
        tree.put("kind", schema.kind());
    }

    /// Upstream takes any kind of custom resource, and refuses it when it is validated.
    private static StatusException otherKind(ResourceSchema schema, ObjectNode tree, String kind) {
        FieldErrors errors = new FieldErrors();
        errors.invalid("kind", kind, "must be " + schema.kind());
        String apiVersion = schema.apiVersion();
        String group = apiVersion.substring(0, apiVersion.indexOf('/'));
        return StatusException.invalid(group, kind, Metadata.text(tree, "name"), errors.all());
    }

    private static String text(JsonNode tree, String field) {
        return tree.path(field).asString("");
    }
}
