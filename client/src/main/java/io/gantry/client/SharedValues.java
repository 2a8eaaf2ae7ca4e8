package io.gantry.client;

import io.gantry.api.KubernetesObject;
import io.gantry.api.meta.v1.ObjectMeta;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.ValueDeserializerModifier;
import tools.jackson.databind.deser.std.DelegatingDeserializer;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.jsontype.TypeDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

/// Lets objects that are read share equal texts and parts: of fifty thousand pods of a few templates, the containers,
/// tolerations, conditions and label values are the same. Records are immutable, so nobody can tell.
///
/// What was seen last is remembered in tables of fixed size, a newer value in place of an older one. Threads may read
/// and write the tables at once: at worst a value is not shared.
@SuppressWarnings("serial")
final class SharedValues extends SimpleModule {
    private static final int TEXTS = 1 << 13;
    private static final int PARTS = 1 << 12;
    private static final int LONGEST_TEXT = 1024;

    private final @Nullable Object[] texts = new Object[TEXTS];
    private final @Nullable Object[] parts = new Object[PARTS];

    SharedValues() {
        addDeserializer(String.class, new TextDeserializer());
        setDeserializerModifier(new ValueDeserializerModifier() {
            @Override
            public ValueDeserializer<?> modifyDeserializer(
                    DeserializationConfig config, BeanDescription.Supplier type, ValueDeserializer<?> deserializer) {
                return isShared(type.getBeanClass()) ? new PartDeserializer(deserializer) : deserializer;
            }
        });
    }

    /// Whole objects, their metadata, specs and statuses differ from one another; hashing them would be in vain.
    private static boolean isShared(Class<?> type) {
        return type.isRecord()
                && type.getName().startsWith("io.gantry.api.")
                && !KubernetesObject.class.isAssignableFrom(type)
                && !type.equals(ObjectMeta.class)
                && !type.getSimpleName().endsWith("Spec")
                && !type.getSimpleName().endsWith("Status");
    }

    private String text(String fresh) {
        if (fresh.length() > LONGEST_TEXT) {
            return fresh;
        }
        return (String) known(texts, fresh);
    }

    private static Object known(@Nullable Object[] table, Object fresh) {
        int hash = fresh.hashCode();
        int at = (hash ^ hash >>> 16) & table.length - 1;
        Object known = table[at];
        if (fresh.equals(known)) {
            return known;
        }
        table[at] = fresh;
        return fresh;
    }

    private final class TextDeserializer extends StdScalarDeserializer<String> {
        TextDeserializer() {
            super(String.class);
        }

        @Override
        public LogicalType logicalType() {
            return LogicalType.Textual;
        }

        @Override
        public @Nullable String deserialize(JsonParser parser, DeserializationContext context) {
            String direct = parser.getValueAsString();
            String text = direct == null ? _parseString(parser, context, this) : direct;
            return text == null ? null : text(text);
        }

        @Override
        public Object deserializeWithType(
                JsonParser parser, DeserializationContext context, TypeDeserializer typeDeserializer) {
            return String.valueOf(deserialize(parser, context));
        }
    }

    private final class PartDeserializer extends DelegatingDeserializer {
        PartDeserializer(ValueDeserializer<?> delegate) {
            super(delegate);
        }

        @Override
        protected ValueDeserializer<?> newDelegatingInstance(ValueDeserializer<?> delegate) {
            return new PartDeserializer(delegate);
        }

        @Override
        public @Nullable Object deserialize(JsonParser parser, DeserializationContext context) {
            Object part = super.deserialize(parser, context);
            return part == null ? null : known(parts, part);
        }
    }
}
