package io.gantry.api.protobuf;

import io.gantry.api.Json;
import io.gantry.api.autoscaling.v1.scale.Scale;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.Status;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/// Encodes JSON of the API as `application/vnd.kubernetes.protobuf`, which Go clients prefer: objects and lists of
/// built-in kinds, Status, Scale, PartialObjectMetadata and watch events. Thread-safe; plans are made at their first
/// use. Made by [ProtobufDecoder#encoder].
public final class ProtobufEncoder {
    /// What stands before an event and says how long it is.
    public static final int LENGTH_BYTES = 4;

    private static final byte[] MAGIC = {'k', '8', 's', 0};
    private static final String META = "k8s.io.apimachinery.pkg.apis.meta.v1.";
    private static final String META_GROUP = "meta.k8s.io/";
    private static final String LIST = "List";
    private static final int AVERAGE_BYTES = 2048;

    private final Map<String, Class<?>> types;
    private final MessagePlans plans;

    ProtobufEncoder(Map<String, Class<?>> types, MessagePlans plans) {
        this.types = types;
        this.plans = plans;
    }

    private record Type(String apiVersion, String kind) {}

    /// The JSON of a PartialObjectMetadata.
    private record Partial(ObjectMeta metadata) {}

    /// Whether objects of this kind have a message; those of custom resources have none.
    public boolean knows(String apiVersion, String kind) {
        return plan(new Type(apiVersion, kind)).isPresent();
    }

    /// Encodes one document: an object, a list or a Status.
    ///
    /// @param json what the server would answer in JSON
    /// @throws IllegalArgumentException when its kind has no message
    public byte[] encode(byte[] json) {
        try (JsonParser in = Json.MAPPER.createParser(json)) {
            Optional<Type> type = leadingType(in);
            return type.isPresent() ? enveloped(type.get(), in, json.length) : encode(Json.MAPPER.readTree(json));
        }
    }

    /// As [#encode(byte[])], from a stream, whose first fields are kind and apiVersion.
    public byte[] encode(InputStream json) {
        try (JsonParser in = Json.MAPPER.createParser(json)) {
            Type type = leadingType(in)
                    .orElseThrow(() -> new IllegalArgumentException("does not begin with kind and apiVersion"));
            return enveloped(type, in, AVERAGE_BYTES);
        }
    }

    private byte[] encode(JsonNode tree) {
        Type type =
                new Type(tree.path("apiVersion").asString(""), tree.path("kind").asString(""));
        try (JsonParser in = Json.MAPPER.treeAsTokens(tree)) {
            in.nextToken();
            return enveloped(type, in, AVERAGE_BYTES);
        }
    }

    /// Reads kind and apiVersion where an object begins with them, in any order.
    private static Optional<Type> leadingType(JsonParser in) {
        in.nextToken();
        String kind = "";
        String apiVersion = "";
        for (int i = 0; i < 2; i++) {
            if (in.nextToken() != JsonToken.PROPERTY_NAME) {
                return Optional.empty();
            }
            String name = in.currentName();
            if (in.nextToken() != JsonToken.VALUE_STRING) {
                return Optional.empty();
            }
            if (name.equals("kind")) {
                kind = in.getString();
            } else if (name.equals("apiVersion")) {
                apiVersion = in.getString();
            }
        }
        return kind.isEmpty() || apiVersion.isEmpty() ? Optional.empty() : Optional.of(new Type(apiVersion, kind));
    }

    private byte[] enveloped(Type type, JsonParser in, int jsonBytes) {
        MessagePlan plan = plan(type)
                .orElseThrow(() -> new IllegalArgumentException(
                        "no message is known for " + type.kind() + " of " + type.apiVersion()));
        MessageBuffer out = new MessageBuffer(jsonBytes);
        out.raw(MAGIC);
        int typeMeta = out.begin(1);
        out.text(1, type.apiVersion());
        out.text(2, type.kind());
        out.end(typeMeta);
        int raw = out.begin(2);
        new MessageWriter(in, out, plans).fields(plan);
        out.end(raw);
        out.text(3, "");
        out.text(4, "");
        return out.toByteArray();
    }

    /// One event of a watch, framed: its length in [#LENGTH_BYTES] bytes, then a WatchEvent.
    ///
    /// @param object an encoded document
    public static byte[] event(String type, byte[] object) {
        MessageBuffer out = new MessageBuffer(object.length + 64);
        out.raw(new byte[LENGTH_BYTES]);
        out.text(1, type);
        int raw = out.begin(2);
        out.bytes(1, object);
        out.end(raw);
        byte[] frame = out.toByteArray();
        int length = frame.length - LENGTH_BYTES;
        for (int i = 0; i < LENGTH_BYTES; i++) {
            frame[i] = (byte) (length >>> (24 - 8 * i));
        }
        return frame;
    }

    private Optional<MessagePlan> plan(Type type) {
        if (type.apiVersion().startsWith(META_GROUP)) {
            return switch (type.kind()) {
                case "PartialObjectMetadata" -> Optional.of(plans.plan(META + type.kind(), Partial.class));
                case "PartialObjectMetadataList" ->
                    Optional.of(plans.list(META + type.kind(), META + "PartialObjectMetadata", Partial.class));
                default -> Optional.empty();
            };
        }
        if (type.kind().equals("Status")) {
            return Optional.of(plans.plan(ProtobufDecoder.messageName(Status.class), Status.class));
        }
        if (type.kind().equals("Scale")) {
            return Optional.of(plans.plan(ProtobufDecoder.messageName(Scale.class), Scale.class));
        }
        Class<?> object = types.get(ProtobufDecoder.key(type.apiVersion(), type.kind()));
        if (object != null) {
            return Optional.of(plans.plan(ProtobufDecoder.messageName(object), object));
        }
        return type.kind().endsWith(LIST) ? list(type) : Optional.empty();
    }

    private Optional<MessagePlan> list(Type type) {
        String kind = type.kind().substring(0, type.kind().length() - LIST.length());
        return Optional.ofNullable(types.get(ProtobufDecoder.key(type.apiVersion(), kind)))
                .map(element -> {
                    String message = ProtobufDecoder.messageName(element);
                    return plans.list(message + LIST, message, element);
                });
    }
}
