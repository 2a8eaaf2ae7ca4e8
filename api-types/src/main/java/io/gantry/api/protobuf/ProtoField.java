package io.gantry.api.protobuf;

/// One field of a protobuf message.
///
/// @param number on the wire
/// @param name in upstream's `generated.proto`
/// @param shape single, repeated, or a map from text
/// @param type a scalar of protobuf (`string`, `int32`, `int64`, `bool`, `double`, `bytes`) or a message's full name
/// @param pointer whether upstream tells absent from zero, so that a zero on the wire is a value
record ProtoField(int number, String name, Shape shape, String type, boolean pointer) {
    enum Shape {
        ONE,
        MANY,
        MAP
    }

    boolean message() {
        return type.indexOf('.') >= 0;
    }
}
