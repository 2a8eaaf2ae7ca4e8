package io.gantry.api.json;

import com.fasterxml.jackson.annotation.JsonFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.Version;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.deser.Deserializers;
import tools.jackson.databind.ser.Serializers;

/// Lets Jackson read and write records of the API with their generated codecs, looked up when a type is first used.
public final class CodecModule extends JacksonModule {
    @Override
    public String getModuleName() {
        return "gantry-codecs";
    }

    @Override
    public Version version() {
        return Version.unknownVersion();
    }

    @Override
    public void setupModule(SetupContext context) {
        context.addDeserializers(new Readers());
        context.addSerializers(new Writers());
    }

    private static final class Readers extends Deserializers.Base {
        @Override
        public @Nullable ValueDeserializer<?> findBeanDeserializer(
                JavaType type, DeserializationConfig config, BeanDescription.Supplier description) {
            RecordCodec<?> codec = RecordCodecs.find(type.getRawClass());
            return codec == null ? null : new CodecDeserializer<>(codec);
        }

        @Override
        public boolean hasDeserializerFor(DeserializationConfig config, Class<?> type) {
            return RecordCodecs.find(type) != null;
        }
    }

    private static final class Writers extends Serializers.Base {
        @Override
        public @Nullable ValueSerializer<?> findSerializer(
                SerializationConfig config,
                JavaType type,
                BeanDescription.Supplier description,
                JsonFormat.Value overrides) {
            RecordCodec<?> codec = RecordCodecs.find(type.getRawClass());
            return codec == null ? null : new CodecSerializer<>(codec);
        }
    }
}
