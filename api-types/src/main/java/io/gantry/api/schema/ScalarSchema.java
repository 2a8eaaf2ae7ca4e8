package io.gantry.api.schema;

import java.util.List;

/// A single value.
///
/// @param type what JSON it takes and how it is written canonically
/// @param allowed the closed set of values of a built-in enum, empty when open
/// @param preservesUnknown whether an object in its place keeps its fields until it is refused
/// (`x-kubernetes-preserve-unknown-fields`)
public record ScalarSchema(Type type, List<String> allowed, boolean preservesUnknown) implements Schema {
    /// What a scalar may be.
    public enum Type {
        STRING("string"),
        BOOLEAN("bool"),
        INT32("int32"),
        INT64("int64"),
        /// A whole number of any size (custom resources).
        INTEGER("int64"),
        NUMBER("float64"),
        BYTES("[]uint8"),
        TIME("v1.Time"),
        MICRO_TIME("v1.MicroTime"),
        QUANTITY("resource.Quantity"),
        INT_OR_STRING("intstr.IntOrString");

        private final String goType;

        Type(String goType) {
            this.goType = goType;
        }
    }

    public ScalarSchema {
        allowed = List.copyOf(allowed);
    }

    static ScalarSchema of(Type type) {
        return of(type, false);
    }

    static ScalarSchema of(Type type, boolean preservesUnknown) {
        return new ScalarSchema(type, List.of(), preservesUnknown);
    }

    @Override
    public String goType() {
        return type.goType;
    }

    @Override
    public boolean atomic() {
        return true;
    }
}
