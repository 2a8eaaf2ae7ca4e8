package io.gantry.api.schema;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A JSON object with named fields. Its fields are resolved on first use, so that a kind costs nothing until it is
/// served and types may contain themselves.
public final class StructSchema implements Schema {
    private final String name;
    private final String goType;
    private final boolean atomic;
    private final boolean preservesUnknown;
    private final boolean embeddedResource;
    private final Supplier<Map<String, Field>> source;
    private final @Nullable StructSchema declaredMetadata;
    private volatile @Nullable Shape shape;

    /// What is known once the fields are.
    private record Shape(Map<String, Field> fields, Field[] defaulted, Field[] required) {}

    StructSchema(
            String name,
            String goType,
            boolean atomic,
            boolean preservesUnknown,
            boolean embeddedResource,
            Supplier<Map<String, Field>> source) {
        this(name, goType, atomic, preservesUnknown, embeddedResource, source, null);
    }

    /// @param declaredMetadata what a definition says of the metadata of an object inside, null where it says nothing
    StructSchema(
            String name,
            String goType,
            boolean atomic,
            boolean preservesUnknown,
            boolean embeddedResource,
            Supplier<Map<String, Field>> source,
            @Nullable StructSchema declaredMetadata) {
        this.name = name;
        this.goType = goType;
        this.atomic = atomic;
        this.preservesUnknown = preservesUnknown;
        this.embeddedResource = embeddedResource;
        this.source = source;
        this.declaredMetadata = declaredMetadata;
    }

    /// The type's name without package, e.g. `DeploymentSpec`; empty for custom resources.
    public String name() {
        return name;
    }

    /// Fields by name, in declared order.
    public Map<String, Field> fields() {
        return shape().fields;
    }

    /// The field, or null when the type has none of this name.
    public @Nullable Field field(String fieldName) {
        return shape().fields.get(fieldName);
    }

    /// Whether unknown fields are kept (`x-kubernetes-preserve-unknown-fields`).
    public boolean preservesUnknown() {
        return preservesUnknown;
    }

    /// Whether this is a whole object with apiVersion, kind and metadata (`x-kubernetes-embedded-resource`).
    public boolean embeddedResource() {
        return embeddedResource;
    }

    /// Whether this is `type: object` of a custom resource and no more: what an apply says in it is owned, and pruned.
    public boolean declaresNothing() {
        return name.isEmpty() && fields().isEmpty();
    }

    @Override
    public String goType() {
        return goType;
    }

    @Override
    public boolean atomic() {
        return atomic;
    }

    /// The same struct, owned as a whole by server-side apply or part by part.
    StructSchema withAtomic(boolean whole) {
        return atomic == whole
                ? this
                : new StructSchema(
                        name,
                        goType,
                        whole,
                        preservesUnknown,
                        embeddedResource,
                        () -> shape().fields,
                        declaredMetadata);
    }

    /// Where the defaults inside a field's value stand: its schema, save for the metadata of an object inside, which is
    /// a Go type with the defaults of the definition.
    Schema defaultsOf(Field field) {
        return declaredMetadata != null && field.name().equals("metadata") ? declaredMetadata : field.schema();
    }

    /// Fields that get a value when absent: those with a default, and required numbers and booleans (Go writes zero).
    Field[] defaulted() {
        return shape().defaulted;
    }

    /// Fields that must be there. Lists and maps are not among them: Go's decoding takes an absent one for empty.
    Field[] required() {
        return shape().required;
    }

    private static boolean isContainer(Schema schema) {
        return schema instanceof ListSchema || schema instanceof MapSchema;
    }

    @Override
    public String toString() {
        return "StructSchema[" + goType + "]";
    }

    private Shape shape() {
        Shape known = shape;
        if (known == null) {
            Map<String, Field> fields = new LinkedHashMap<>(source.get());
            Field[] defaulted = fields.values().stream()
                    .filter(field -> field.defaultValue() != null)
                    .toArray(Field[]::new);
            Field[] required = fields.values().stream()
                    .filter(field -> field.required() && field.defaultValue() == null && !isContainer(field.schema()))
                    .toArray(Field[]::new);
            known = new Shape(Collections.unmodifiableMap(fields), defaulted, required);
            shape = known;
        }
        return known;
    }
}
