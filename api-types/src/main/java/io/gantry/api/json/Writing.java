package io.gantry.api.json;

import io.gantry.api.resource.IntOrString;
import io.gantry.api.resource.Quantity;
import io.gantry.api.schema.GoTimes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;

/// The writing of one value and all that is in it; owned by one thread. What is absent and lists and maps that are
/// empty are left out of objects; elements of lists and maps are all written.
public final class Writing {
    private final JsonGenerator generator;
    private final SerializationContext context;

    Writing(JsonGenerator generator, SerializationContext context) {
        this.generator = generator;
        this.context = context;
    }

    public void startObject() {
        generator.writeStartObject();
    }

    public void endObject() {
        generator.writeEndObject();
    }

    public void text(String name, @Nullable String value) {
        if (value != null) {
            name(name);
            generator.writeString(value);
        }
    }

    public void int32(String name, @Nullable Integer value) {
        if (value != null) {
            name(name);
            generator.writeNumber(value.intValue());
        }
    }

    public void int64(String name, @Nullable Long value) {
        if (value != null) {
            name(name);
            generator.writeNumber(value.longValue());
        }
    }

    public void bool(String name, @Nullable Boolean value) {
        if (value != null) {
            name(name);
            generator.writeBoolean(value);
        }
    }

    public void float64(String name, @Nullable Double value) {
        if (value != null) {
            name(name);
            generator.writeNumber(value.doubleValue());
        }
    }

    public void time(String name, @Nullable Instant value) {
        if (value != null) {
            name(name);
            time(value);
        }
    }

    /// A time as upstream's `MicroTime` wants it: with six digits of the second's fraction, no more and no fewer.
    public void microTime(String name, @Nullable Instant value) {
        if (value != null) {
            name(name);
            generator.writeString(GoTimes.micros(value));
        }
    }

    public void quantity(String name, @Nullable Quantity value) {
        if (value != null) {
            name(name);
            generator.writeString(value.text());
        }
    }

    public void intOrString(String name, @Nullable IntOrString value) {
        if (value != null) {
            name(name);
            intOrString(value);
        }
    }

    public void tree(String name, @Nullable JsonNode value) {
        if (value != null) {
            name(name);
            tree(value);
        }
    }

    public <T> void part(String name, @Nullable T value, RecordCodec<T> codec) {
        if (value != null) {
            name(name);
            codec.write(value, this);
        }
    }

    public <T> void list(String name, List<T> value, Codec<T> codec) {
        if (!value.isEmpty()) {
            name(name);
            elements(value, codec);
        }
    }

    public <T> void map(String name, Map<String, T> value, Codec<T> codec) {
        if (value.isEmpty()) {
            return;
        }
        name(name);
        generator.writeStartObject();
        for (Map.Entry<String, T> entry : value.entrySet()) {
            generator.writeName(entry.getKey());
            element(entry.getValue(), codec);
        }
        generator.writeEndObject();
    }

    private void name(String literal) {
        generator.writeName(FieldNames.of(literal));
    }

    <T> void elements(List<T> value, Codec<T> codec) {
        generator.writeStartArray();
        for (int i = 0; i < value.size(); i++) {
            element(value.get(i), codec);
        }
        generator.writeEndArray();
    }

    private <T> void element(@Nullable T value, Codec<T> codec) {
        if (value == null) {
            generator.writeNull();
        } else {
            codec.write(value, this);
        }
    }

    void text(String value) {
        generator.writeString(value);
    }

    void int32(int value) {
        generator.writeNumber(value);
    }

    void int64(long value) {
        generator.writeNumber(value);
    }

    void bool(boolean value) {
        generator.writeBoolean(value);
    }

    void float64(double value) {
        generator.writeNumber(value);
    }

    void time(Instant value) {
        generator.writeString(Times.text(value));
    }

    void intOrString(IntOrString value) {
        // No switch over types: it is linked at run time, which is felt at the start of a process.
        if (value instanceof IntOrString.Int number) {
            generator.writeNumber(number.value());
        } else {
            generator.writeString(value.toString());
        }
    }

    void tree(JsonNode value) {
        value.serialize(generator, context);
    }
}
