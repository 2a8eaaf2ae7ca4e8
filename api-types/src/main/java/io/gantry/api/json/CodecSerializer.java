package io.gantry.api.json;

import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;

/// A codec as Jackson wants it.
final class CodecSerializer<T> extends ValueSerializer<T> {
    private final RecordCodec<T> codec;

    CodecSerializer(RecordCodec<T> codec) {
        this.codec = codec;
    }

    @Override
    public void serialize(T value, JsonGenerator generator, SerializationContext context) {
        codec.write(value, new Writing(generator, context));
    }

    @Override
    public Class<?> handledType() {
        return codec.type();
    }
}
