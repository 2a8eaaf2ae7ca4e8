package io.gantry.api.protobuf;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.meta.v1.DeleteOptions;
import io.gantry.api.schema.annotation.ApiType;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Decodes request bodies in `application/vnd.kubernetes.protobuf` to the tree that the same object has in
/// JSON: kubectl
/// 1.32 and later and Go clients send them for built-in kinds. Thread-safe; plans are made at a kind's first use.
public final class ProtobufDecoder {
    /// The media type of such bodies.
    public static final String CONTENT_TYPE = "application/vnd.kubernetes.protobuf";

    private static final String DELETE_OPTIONS = "DeleteOptions";

    private final Map<String, Class<?>> types = new HashMap<>();
    private final MessagePlans plans = new MessagePlans(ProtoFacts.load());

    /// @param kinds those that may be sent; `DeleteOptions` is accepted in every version
    public ProtobufDecoder(Collection<KindDefinition<?>> kinds) {
        for (KindDefinition<?> definition : kinds) {
            types.put(
                    key(definition.kind().apiVersion(), definition.kind().name()),
                    definition.kind().type());
        }
    }

    /// The way back, by the same plans.
    public ProtobufEncoder encoder() {
        return new ProtobufEncoder(types, plans);
    }

    /// Decodes a body that names its kind.
    ///
    /// @return a new tree with `apiVersion` and `kind`, which the caller owns
    /// @throws StatusException 400 when the bytes are malformed, too deep or too many, or the kind is not known
    public ObjectNode decode(byte[] body) {
        return decode(body, "", "");
    }

    /// Decodes a body.
    ///
    /// @param apiVersion what to assume when the body names none
    /// @param kind what to assume when the body names none
    /// @return a new tree with `apiVersion` and `kind`, which the caller owns
    /// @throws StatusException 400 when the bytes are malformed, too deep or too many, or the kind is not known
    public ObjectNode decode(byte[] body, String apiVersion, String kind) {
        try {
            Envelope envelope = Envelope.read(body);
            String actualVersion = envelope.apiVersion().isEmpty() ? apiVersion : envelope.apiVersion();
            String actualKind = envelope.kind().isEmpty() ? kind : envelope.kind();
            if (!envelope.contentEncoding().isEmpty()) {
                throw new MalformedMessage("content encoding \"" + envelope.contentEncoding() + "\" is not supported");
            }
            ObjectNode object = Json.MAPPER.createObjectNode();
            object.put("apiVersion", actualVersion).put("kind", actualKind);
            return switch (envelope.contentType()) {
                case "", CONTENT_TYPE -> protobuf(envelope.raw(), type(actualVersion, actualKind), object);
                case "application/json" -> json(envelope.raw(), object);
                default ->
                    throw new MalformedMessage("content type \"" + envelope.contentType() + "\" is not supported");
            };
        } catch (IOException e) {
            throw StatusException.badRequest("the protobuf body is malformed: " + e.getMessage());
        }
    }

    private ObjectNode protobuf(byte[] raw, Class<?> type, ObjectNode object) throws IOException {
        new MessageReader(raw, 0, raw.length, plans).read(plans.plan(messageName(type), type), object);
        return object;
    }

    private static ObjectNode json(byte[] raw, ObjectNode object) throws IOException {
        JsonNode tree = SpecialMessages.json(raw);
        if (!(tree instanceof ObjectNode fields)) {
            throw new MalformedMessage("embedded JSON is no object");
        }
        object.setAll(fields);
        return object;
    }

    private Class<?> type(String apiVersion, String kind) {
        if (kind.equals(DELETE_OPTIONS)) {
            return DeleteOptions.class;
        }
        Class<?> type = types.get(key(apiVersion, kind));
        if (type == null) {
            throw StatusException.badRequest(
                    "no kind \"" + kind + "\" is registered for version \"" + apiVersion + "\"");
        }
        return type;
    }

    /// `io.k8s.api.core.v1.Pod` of OpenAPI is `k8s.io.api.core.v1.Pod` in protobuf, where hyphens are underscores.
    static String messageName(Class<?> type) {
        ApiType names = Objects.requireNonNull(type.getAnnotation(ApiType.class), type::getName);
        return names.openApi().replaceFirst("^io\\.k8s\\.", "k8s.io.").replace('-', '_');
    }

    static String key(String apiVersion, String kind) {
        return apiVersion + " " + kind;
    }
}
