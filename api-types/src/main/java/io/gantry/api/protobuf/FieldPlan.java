package io.gantry.api.protobuf;

import java.util.function.Supplier;

/// What to do with one field number.
///
/// @param jsonName where the value goes
/// @param shape single, repeated or map
/// @param keepZero whether a zero scalar is kept, because upstream would write it to JSON too
/// @param value how one value is read
record FieldPlan(String jsonName, ProtoField.Shape shape, boolean keepZero, Value value) {
    /// How a value is read.
    sealed interface Value {}

    /// A number, text, boolean, or bytes (Base64 in JSON).
    record Scalar(Type type) implements Value {
        enum Type {
            STRING,
            BYTES,
            BOOL,
            INT32,
            INT64,
            DOUBLE
        }
    }

    /// A struct; resolved late, since messages contain themselves.
    record Struct(Supplier<MessagePlan> plan) implements Value {}

    /// A struct whose fields belong to the enclosing object.
    record Inline(Supplier<MessagePlan> plan) implements Value {}

    /// A message whose JSON is no object, e.g. a time.
    record Special(SpecialMessage message) implements Value {}
}
