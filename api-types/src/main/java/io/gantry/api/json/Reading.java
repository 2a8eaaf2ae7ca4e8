package io.gantry.api.json;

import io.gantry.api.Copies;
import io.gantry.api.resource.IntOrString;
import io.gantry.api.resource.Quantity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.BeanDeserializerFactory;
import tools.jackson.databind.type.TypeFactory;

/// The reading of one value and all that is in it; owned by one thread. Usual tokens are taken here, all others left to
/// databind's own deserializers, so that coercions and refusals are theirs.
///
/// With [SharedValues] what is read is for a cache: a hash of all tokens of a part, made on the way, finds an equal
/// part that was read before. Managed fields are left out then.
public final class Reading {
    private static final int FIRST_SCRATCH = 16;

    /// So that a list of one part has another hash than the part.
    private static final int LIST = 17;

    private final @Nullable DeserializationContext context;
    private final @Nullable SharedValues shared;
    private final @Nullable QuickParser quick;
    private @Nullable Object[] scratch = new Object[FIRST_SCRATCH];
    private int scratchSize;
    private int hash;

    private Reading(
            @Nullable DeserializationContext context, @Nullable SharedValues shared, @Nullable QuickParser quick) {
        this.context = context;
        this.shared = shared;
        this.quick = quick;
    }

    /// For a cache, from ordinary JSON: whatever is databind's ends the reading.
    static Reading quick(QuickParser parser, SharedValues shared) {
        return new Reading(null, shared, parser);
    }

    /// Databind's, which a quick reading does without.
    private DeserializationContext context() {
        if (context == null) {
            throw QuickParser.UNUSUAL;
        }
        return context;
    }

    /// For a parser that a mapper made; with the attribute [SharedValues] of that mapper, where it has one.
    public static Reading of(JsonParser parser) {
        return of((DeserializationContext) parser.objectReadContext());
    }

    static Reading of(DeserializationContext context) {
        return new Reading(context, (SharedValues) context.getAttribute(SharedValues.class), null);
    }

    /// Whether managed fields are left out.
    public boolean isLean() {
        return shared != null;
    }

    /// What is no object: null for null.
    ///
    /// @throws JacksonException at anything else, in databind's words
    @SuppressWarnings("unchecked")
    public <T> @Nullable T other(JsonParser p, RecordCodec<T> codec) {
        if (p.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        DeserializationContext context = context();
        JavaType type = context.constructType(codec.type());
        ValueDeserializer<Object> plain = BeanDeserializerFactory.instance.buildBeanDeserializer(
                context, type, context.lazyIntrospectBeanDescription(type));
        plain.resolve(context);
        return (T) plain.deserialize(p, context);
    }

    /// Begins a part; what is returned is for [#leave].
    public int enter() {
        int outer = hash;
        hash = 0;
        return outer;
    }

    /// Ends a part: itself or an equal one.
    public <T> T leave(int outer, T fresh, RecordCodec<T> codec) {
        int own = hash;
        hash = outer * 31 + own;
        return shared == null || !codec.isShared() ? fresh : shared.part(own, fresh, codec);
    }

    /// Moves from a field's name to its value.
    public void value(JsonParser p, String name) {
        p.nextToken();
        hash = hash * 31 + name.hashCode();
    }

    /// Passes over a field that the record does not have.
    public void unknown(JsonParser p, RecordCodec<?> codec, String name) {
        if (quick == null) {
            context().handleUnknownProperty(p, null, codec.type(), name);
        } else {
            p.skipChildren();
        }
    }

    /// Passes over a value; null for it.
    public <T> @Nullable T skip(JsonParser p) {
        p.skipChildren();
        return null;
    }

    public @Nullable String text(JsonParser p) {
        JsonToken token = p.currentToken();
        if (token == JsonToken.VALUE_STRING) {
            return string(p);
        }
        return token == JsonToken.VALUE_NULL ? null : other(p, String.class);
    }

    private String string(JsonParser p) {
        if (quick == null || shared == null) {
            return shared(p.getString());
        }
        String text = quick.sharedText(shared);
        hash = hash * 31 + text.hashCode();
        return text;
    }

    private String shared(String text) {
        if (shared == null) {
            return text;
        }
        hash = hash * 31 + text.hashCode();
        return shared.text(text);
    }

    public @Nullable Integer int32(JsonParser p) {
        JsonToken token = p.currentToken();
        if (token == JsonToken.VALUE_NUMBER_INT) {
            int value = p.getIntValue();
            hash = hash * 31 + value;
            return value;
        }
        return token == JsonToken.VALUE_NULL ? null : other(p, Integer.class);
    }

    public @Nullable Long int64(JsonParser p) {
        JsonToken token = p.currentToken();
        if (token == JsonToken.VALUE_NUMBER_INT) {
            long value = p.getLongValue();
            hash = hash * 31 + Long.hashCode(value);
            return value;
        }
        return token == JsonToken.VALUE_NULL ? null : other(p, Long.class);
    }

    public @Nullable Boolean bool(JsonParser p) {
        JsonToken token = p.currentToken();
        if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
            hash = hash * 31 + token.id();
            return token == JsonToken.VALUE_TRUE;
        }
        return token == JsonToken.VALUE_NULL ? null : other(p, Boolean.class);
    }

    public @Nullable Double float64(JsonParser p) {
        JsonToken token = p.currentToken();
        if (token == JsonToken.VALUE_NUMBER_FLOAT) {
            double value = p.getDoubleValue();
            hash = hash * 31 + Double.hashCode(value);
            return value;
        }
        return token == JsonToken.VALUE_NULL ? null : other(p, Double.class);
    }

    public @Nullable Instant time(JsonParser p) {
        JsonToken token = p.currentToken();
        if (token == JsonToken.VALUE_STRING) {
            Instant time = Times.parse(p.getStringCharacters(), p.getStringOffset(), p.getStringLength());
            if (time != null) {
                hash = hash * 31 + time.hashCode();
                return time;
            }
        }
        return token == JsonToken.VALUE_NULL ? null : other(p, Instant.class);
    }

    /// Read as any other time: who wrote it is a server, or is told by one what is wrong with it.
    public @Nullable Instant microTime(JsonParser p) {
        return time(p);
    }

    public @Nullable Quantity quantity(JsonParser p) {
        JsonToken token = p.currentToken();
        if (token != JsonToken.VALUE_STRING) {
            return token == JsonToken.VALUE_NULL ? null : shared(other(p, Quantity.class));
        }
        String text = quick == null || shared == null ? p.getString() : quick.sharedText(shared);
        Quantity known = shared == null ? null : shared.quantity(text);
        if (known != null) {
            hash = hash * 31 + text.hashCode();
            return known;
        }
        Quantity simple = Quantity.ofSimple(text);
        return shared(simple == null ? other(p, Quantity.class) : simple);
    }

    private @Nullable Quantity shared(@Nullable Quantity fresh) {
        if (shared == null || fresh == null) {
            return fresh;
        }
        hash = hash * 31 + fresh.text().hashCode();
        return shared.quantity(fresh);
    }

    public @Nullable IntOrString intOrString(JsonParser p) {
        JsonToken token = p.currentToken();
        if (token == JsonToken.VALUE_STRING) {
            return IntOrString.of(string(p));
        }
        if (token == JsonToken.VALUE_NUMBER_INT && p.getNumberType() == JsonParser.NumberType.INT) {
            hash = hash * 31 + p.getIntValue();
            return IntOrString.of(p.getIntValue());
        }
        return token == JsonToken.VALUE_NULL ? null : other(p, IntOrString.class);
    }

    /// A JSON null is a node, too.
    public JsonNode tree(JsonParser p) {
        JsonNode tree = context().readTree(p);
        if (shared != null) {
            hash = hash * 31 + tree.hashCode();
        }
        return tree;
    }

    public <T> @Nullable List<T> list(JsonParser p, Codec<T> codec) {
        JsonToken token = p.currentToken();
        if (token != JsonToken.START_ARRAY) {
            return token == JsonToken.VALUE_NULL ? null : otherList(p, codec);
        }
        if (quick != null && shared != null && codec instanceof RecordCodec<?> && codec.isShared()) {
            return knownList(quick, shared, codec);
        }
        return freshList(p, codec);
    }

    @SuppressWarnings("unchecked")
    private <T> List<T> knownList(QuickParser p, SharedValues shared, Codec<T> codec) {
        int from = p.position() - 1;
        KnownLists.Known known = shared.lists().find(codec, p.bytes(), from, p.end());
        if (known != null) {
            p.jumpBehindArray(from + known.text().length);
            hash = hash * 31 + known.hash();
            return (List<T>) known.list();
        }
        int outer = hash;
        List<T> fresh = freshList(p, codec);
        shared.lists().put(codec, p.bytes(), from, p.position(), fresh, hash - outer * 31);
        return fresh;
    }

    private <T> List<T> freshList(JsonParser p, Codec<T> codec) {
        int outer = enter();
        int base = scratchSize;
        int index = 0;
        try {
            while (p.nextToken() != JsonToken.END_ARRAY) {
                push(codec.read(p, this));
                index++;
            }
        } catch (JacksonException e) {
            throw e.prependPath(new ArrayList<>(), index);
        }
        int own = hash * 31 + LIST;
        hash = outer * 31 + own;
        List<T> fresh = Copies.listOf(pop(base));
        return shared == null || !codec.isShared() ? fresh : shared.list(own, fresh);
    }

    public <T> @Nullable Map<String, T> map(JsonParser p, Codec<T> codec) {
        JsonToken token = p.currentToken();
        if (token != JsonToken.START_OBJECT) {
            return token == JsonToken.VALUE_NULL ? null : otherMap(p, codec);
        }
        int outer = enter();
        int base = scratchSize;
        String name = null;
        try {
            while ((name = p.nextName()) != null) {
                value(p, name);
                push(shared == null ? name : shared.text(name));
                push(codec.read(p, this));
            }
        } catch (JacksonException e) {
            throw name == null ? e : e.prependPath(new LinkedHashMap<>(), name);
        }
        int own = hash;
        hash = outer * 31 + own;
        Map<String, T> fresh = Copies.mapOf(pop(base));
        return shared == null || !codec.isShared() ? fresh : shared.map(own, fresh);
    }

    private void push(@Nullable Object element) {
        if (scratchSize == scratch.length) {
            scratch = Arrays.copyOf(scratch, scratchSize * 2);
        }
        scratch[scratchSize++] = element;
    }

    private @Nullable Object[] pop(int base) {
        @Nullable Object[] elements = Arrays.copyOfRange(scratch, base, scratchSize);
        Arrays.fill(scratch, base, scratchSize, null);
        scratchSize = base;
        return elements;
    }

    private <T> @Nullable T other(JsonParser p, Class<T> type) {
        return context().readValue(p, type);
    }

    private <T> @Nullable List<T> otherList(JsonParser p, Codec<T> codec) {
        DeserializationContext context = context();
        TypeFactory types = context.getTypeFactory();
        JavaType type = types.constructCollectionType(List.class, codec.type(types));
        return context.readValue(p, type);
    }

    private <T> @Nullable Map<String, T> otherMap(JsonParser p, Codec<T> codec) {
        DeserializationContext context = context();
        TypeFactory types = context.getTypeFactory();
        JavaType type =
                types.constructMapType(LinkedHashMap.class, types.constructType(String.class), codec.type(types));
        return context.readValue(p, type);
    }
}
