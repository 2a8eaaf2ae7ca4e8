package io.gantry.api.schema;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.gantry.api.Json;
import io.gantry.api.resource.IntOrString;
import io.gantry.api.resource.Quantity;
import io.gantry.api.schema.ScalarSchema.Type;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Atomic;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.NullWhenEmpty;
import io.gantry.api.schema.annotation.PatchStrategy;
import io.gantry.api.schema.annotation.Required;
import io.gantry.api.schema.annotation.Written;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.DoubleNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.NullNode;

/// Derives schemas from the API's records. Each record is read once, when it is first needed.
final class RecordSchemas {
    private static final ClassValue<StructSchema> STRUCTS = new ClassValue<>() {
        @Override
        protected StructSchema computeValue(Class<?> type) {
            return new StructSchema(
                    type.getSimpleName(),
                    goType(type),
                    type.isAnnotationPresent(Atomic.class),
                    false,
                    false,
                    () -> RecordSchemas.fields(type));
        }
    };

    private RecordSchemas() {}

    static StructSchema of(Class<?> recordType) {
        return STRUCTS.get(recordType);
    }

    private static String goType(Class<?> type) {
        String[] packages = type.getPackageName().split("\\.");
        for (String name : packages) {
            if (name.length() > 1 && name.charAt(0) == 'v' && Character.isDigit(name.charAt(1))) {
                return name + "." + type.getSimpleName();
            }
        }
        return type.getSimpleName();
    }

    private static Map<String, Field> fields(Class<?> type) {
        Map<String, Field> fields = new LinkedHashMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            Field field = field(component);
            fields.put(field.name(), field);
        }
        return fields;
    }

    private static Field field(RecordComponent component) {
        JsonProperty property = component.getAccessor().getAnnotation(JsonProperty.class);
        String name = property == null ? component.getName() : property.value();
        Schema schema = schema(component.getGenericType(), component);
        Atomic atomic = component.getAnnotation(Atomic.class);
        if (schema instanceof StructSchema struct && atomic != null) {
            schema = struct.withAtomic(atomic.value());
        }
        Required needed = component.getAnnotation(Required.class);
        boolean required = needed != null && !needed.byRules();
        PatchStrategy patch = component.getAnnotation(PatchStrategy.class);
        MergeStrategy merge = patch == null ? MergeStrategy.NONE : MergeStrategy.of(patch);
        boolean zeroIsAbsent = !required
                && schema instanceof ScalarSchema
                && !GoPointers.isPointer(component.getDeclaringRecord(), name);
        return new Field(
                name,
                schema,
                required,
                component.isAnnotationPresent(NullWhenEmpty.class),
                defaultValue(component, schema, required, zeroIsAbsent),
                merge,
                emptyIsWritten(component, schema),
                zeroIsAbsent,
                "");
    }

    private static boolean emptyIsWritten(RecordComponent component, Schema schema) {
        if (!(schema instanceof ScalarSchema scalar) || scalar.type() != Type.STRING) {
            return false;
        }
        Default constant = component.getAnnotation(Default.class);
        if (constant != null && constant.declared()) {
            return constant.value().equals("\"\"");
        }
        Written written = component.getAnnotation(Written.class);
        return written == null ? component.isAnnotationPresent(Required.class) : written.value();
    }

    /// Go writes a required number or boolean that is absent as its zero value, and some lists as null. A constant
    /// default of the empty string only documents Go's zero value where the field is no pointer, and is not written
    /// there.
    private static @Nullable JsonNode defaultValue(
            RecordComponent component, Schema schema, boolean required, boolean zeroIsAbsent) {
        Default constant = component.getAnnotation(Default.class);
        if (constant != null) {
            JsonNode value = Json.MAPPER.readTree(constant.value());
            return zeroIsAbsent && value.isString() && value.stringValue().isEmpty() ? null : value;
        }
        if (component.isAnnotationPresent(NullWhenEmpty.class)) {
            return NullNode.getInstance();
        }
        if (!required || !(schema instanceof ScalarSchema scalar)) {
            return null;
        }
        return switch (scalar.type()) {
            case BOOLEAN -> BooleanNode.FALSE;
            case INT32, INT64, INTEGER -> IntNode.valueOf(0);
            case NUMBER -> DoubleNode.valueOf(0);
            case STRING, BYTES, TIME, MICRO_TIME, QUANTITY, INT_OR_STRING -> null;
        };
    }

    private static Schema schema(java.lang.reflect.Type type, RecordComponent component) {
        if (type instanceof ParameterizedType generic) {
            java.lang.reflect.Type[] arguments = generic.getActualTypeArguments();
            return generic.getRawType() == List.class
                    ? list(schema(arguments[0], component), component)
                    : new MapSchema(
                            schema(arguments[1], component),
                            isAtomic(component),
                            arguments[1] == Quantity.class && isOfCore(component.getDeclaringRecord()));
        }
        Class<?> raw = (Class<?>) type;
        return raw.isAnnotationPresent(ApiType.class) || raw.isRecord() && raw != Quantity.class
                ? of(raw)
                : scalar(raw, component);
    }

    private static boolean isAtomic(RecordComponent component) {
        Atomic atomic = component.getAnnotation(Atomic.class);
        return atomic != null && atomic.value();
    }

    private static boolean isOfCore(Class<?> type) {
        return type.getPackageName().startsWith("io.gantry.api.core.v1");
    }

    private static Schema list(Schema items, RecordComponent component) {
        ListType type = component.getAnnotation(ListType.class);
        return type == null
                ? new ListSchema(items, ListType.Kind.ATOMIC, List.of())
                : new ListSchema(items, type.value(), List.of(type.keys()));
    }

    private static Schema scalar(Class<?> raw, RecordComponent component) {
        if (JsonNode.class.isAssignableFrom(raw) || raw == Object.class) {
            return AnySchema.ATOMIC;
        }
        Format format = component.getAnnotation(Format.class);
        String formatName = format == null ? "" : format.value();
        List<String> allowed = ClosedSets.of(component)
                .filter(set -> raw == String.class && !set.byRules())
                .map(set -> List.of(set.value()))
                .orElse(List.of());
        return new ScalarSchema(scalarType(raw, formatName), allowed, false);
    }

    private static Type scalarType(Class<?> raw, String format) {
        if (raw == String.class) {
            return format.equals("byte") ? Type.BYTES : Type.STRING;
        }
        if (raw == Boolean.class || raw == boolean.class) {
            return Type.BOOLEAN;
        }
        if (raw == Integer.class || raw == int.class) {
            return Type.INT32;
        }
        if (raw == Long.class || raw == long.class) {
            return Type.INT64;
        }
        if (raw == Instant.class) {
            return format.equals("micro-time") ? Type.MICRO_TIME : Type.TIME;
        }
        if (raw == Quantity.class) {
            return Type.QUANTITY;
        }
        if (raw == IntOrString.class) {
            return Type.INT_OR_STRING;
        }
        if (raw == Double.class || raw == double.class) {
            return Type.NUMBER;
        }
        throw new IllegalStateException("no schema for a component of type " + raw);
    }
}
