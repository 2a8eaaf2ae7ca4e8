package io.gantry.api.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.type.LogicalType;

/// A codec as Jackson wants it.
final class CodecDeserializer<T> extends ValueDeserializer<T> {
    private final RecordCodec<T> codec;

    CodecDeserializer(RecordCodec<T> codec) {
        this.codec = codec;
    }

    @Override
    public @Nullable T deserialize(JsonParser parser, DeserializationContext context) {
        return codec.read(parser, Reading.of(context));
    }

    @Override
    public Class<?> handledType() {
        return codec.type();
    }

    @Override
    public LogicalType logicalType() {
        return LogicalType.POJO;
    }

    @Override
    public boolean isCachable() {
        return true;
    }

    @Override
    public Boolean supportsUpdate(DeserializationConfig config) {
        return Boolean.FALSE;
    }
}
