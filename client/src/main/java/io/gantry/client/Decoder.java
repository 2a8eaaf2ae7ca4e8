package io.gantry.client;

import io.gantry.api.Json;
import io.gantry.api.KubernetesObject;
import io.gantry.api.StatusException;
import io.gantry.api.json.QuickObjects;
import io.gantry.api.json.Reading;
import io.gantry.api.json.RecordCodec;
import io.gantry.api.json.RecordCodecs;
import io.gantry.api.json.SharedValues;
import io.gantry.api.meta.v1.ListMeta;
import io.gantry.api.meta.v1.ListMetaCodec;
import io.gantry.api.meta.v1.Status;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.ContextAttributes;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/// Reads objects, lists and watch events of one type, straight from bytes to records.
final class Decoder<T extends KubernetesObject> {
    private static final SharedValues SHARED = new SharedValues();
    private static final JsonMapper LEAN = Json.MAPPER
            .rebuild()
            .defaultAttributes(ContextAttributes.getEmpty().withSharedAttribute(SharedValues.class, SHARED))
            .build();

    /// How events begin, as every API server writes them.
    private static final List<Opening> OPENINGS =
            List.of(Opening.of("MODIFIED"), Opening.of("ADDED"), Opening.of("DELETED"));

    private final JsonMapper mapper;
    private final Class<T> type;
    private final @Nullable RecordCodec<T> codec;
    private final boolean lean;

    private Decoder(JsonMapper mapper, Class<T> type, boolean lean) {
        this.mapper = mapper;
        this.type = type;
        this.codec = RecordCodecs.find(type);
        this.lean = lean;
    }

    static <T extends KubernetesObject> Decoder<T> full(Class<T> type) {
        return new Decoder<>(Json.MAPPER, type, false);
    }

    /// For caches. Leaves out managed fields, which can be half of an object; a later update without
    /// them keeps those of the server. Objects share what is equal in them.
    static <T extends KubernetesObject> Decoder<T> lean(Class<T> type) {
        return new Decoder<>(LEAN, type, true);
    }

    /// Whether managed fields are left out.
    boolean isLean() {
        return lean;
    }

    /// What stands before the object of an event.
    @SuppressWarnings("ArrayRecordComponent")
    private record Opening(String type, byte[] text) {
        static Opening of(String type) {
            return new Opening(type, ("{\"type\":\"" + type + "\",\"object\":").getBytes(StandardCharsets.US_ASCII));
        }

        boolean opens(byte[] line) {
            return line.length > text.length && Arrays.equals(text, 0, text.length, line, 0, text.length);
        }
    }

    /// The object between two positions, where it is read for a cache and quickly; else null.
    private @Nullable T quick(byte[] json, int from, int to) {
        return lean && codec != null ? QuickObjects.read(json, from, to, codec, SHARED) : null;
    }

    T object(byte[] body) {
        T quick = quick(body, 0, body.length);
        if (quick != null) {
            return quick;
        }
        try (JsonParser parser = mapper.createParser(lean ? ManagedFieldsCut.of(body) : body)) {
            parser.nextToken();
            T object = object(parser);
            if (object == null) {
                throw StatusException.internal("the answer holds no " + type.getSimpleName());
            }
            return object;
        } catch (JacksonException e) {
            throw broken(e);
        }
    }

    /// Past Jackson's way to deserializers where the type has a codec.
    private @Nullable T object(JsonParser parser) {
        return codec == null ? parser.readValueAs(type) : codec.read(parser, Reading.of(parser));
    }

    ObjectList<T> list(InputStream body) {
        ListMeta meta = null;
        List<T> items = new ArrayList<>();
        try (JsonParser parser = mapper.createParser(body)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (name.equals("metadata")) {
                    meta = ListMetaCodec.CODEC.read(parser, Reading.of(parser));
                } else if (name.equals("items") && value == JsonToken.START_ARRAY) {
                    while (parser.nextToken() != JsonToken.END_ARRAY) {
                        items.add(object(parser));
                    }
                } else {
                    parser.skipChildren();
                }
            }
        } catch (JacksonException e) {
            throw broken(e);
        }
        String version = meta == null || meta.resourceVersion() == null ? "" : meta.resourceVersion();
        String token = meta == null || meta.continue_() == null ? "" : meta.continue_();
        Long remaining = meta == null ? null : meta.remainingItemCount();
        return new ObjectList<>(
                items,
                version,
                token.isEmpty() ? Optional.empty() : Optional.of(token),
                remaining == null ? 0 : remaining);
    }

    WatchEvent<T> event(byte[] line) {
        for (Opening opening : OPENINGS) {
            if (opening.opens(line) && line[line.length - 1] == '}') {
                T quick = quick(line, opening.text.length, line.length - 1);
                return quick == null ? usualEvent(line) : event(opening.type, quick, MissingNode.getInstance());
            }
        }
        return usualEvent(line);
    }

    private WatchEvent<T> usualEvent(byte[] line) {
        try (JsonParser parser = mapper.createParser(lean ? ManagedFieldsCut.of(line) : line)) {
            parser.nextToken();
            String eventType = "";
            JsonNode early = null;
            T object = null;
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                if (name.equals("type")) {
                    eventType = parser.getString();
                } else if (name.equals("object") && isObjectEvent(eventType)) {
                    object = object(parser);
                } else if (name.equals("object")) {
                    early = parser.readValueAsTree();
                } else {
                    parser.skipChildren();
                }
            }
            if (object == null && early != null && isObjectEvent(eventType)) {
                object = mapper.treeToValue(early, type);
            }
            return event(eventType, object, early == null ? mapper.createObjectNode() : early);
        } catch (JacksonException e) {
            throw broken(e);
        }
    }

    private static boolean isObjectEvent(String eventType) {
        return eventType.equals("ADDED") || eventType.equals("MODIFIED") || eventType.equals("DELETED");
    }

    private WatchEvent<T> event(String eventType, @Nullable T object, JsonNode tree) {
        if (object != null) {
            return switch (eventType) {
                case "ADDED" -> new WatchEvent.Added<>(object);
                case "MODIFIED" -> new WatchEvent.Modified<>(object);
                default -> new WatchEvent.Deleted<>(object);
            };
        }
        if (eventType.equals("BOOKMARK")) {
            return new WatchEvent.Bookmark<>(
                    tree.path("metadata").path("resourceVersion").asString(""));
        }
        if (eventType.equals("ERROR")) {
            throw new StatusException(mapper.treeToValue(tree, Status.class));
        }
        throw StatusException.internal("unknown watch event type \"" + eventType + "\"");
    }

    private StatusException broken(JacksonException cause) {
        StatusException failure =
                StatusException.internal("cannot decode " + type.getSimpleName() + ": " + cause.getOriginalMessage());
        failure.initCause(cause);
        return failure;
    }
}
