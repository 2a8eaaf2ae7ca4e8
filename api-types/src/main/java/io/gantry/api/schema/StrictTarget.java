package io.gantry.api.schema;

import io.gantry.api.decode.Target;
import java.util.Optional;

/// A schema of a built-in kind as the type that strict decoding decodes into. Values that are no object of the schema's
/// read themselves upstream: quantities, times, raw extensions, the fields of managers.
record StrictTarget(Schema schema) implements Target {
    @Override
    public boolean opaque() {
        return !(schema instanceof StructSchema || schema instanceof MapSchema);
    }

    @Override
    public Optional<Target> member(String name) {
        return switch (schema) {
            case StructSchema struct -> member(struct, name);
            case MapSchema map -> Optional.of(new StrictTarget(map.values()));
            case ListSchema list -> Optional.empty();
            case ScalarSchema scalar -> Optional.empty();
            case AnySchema any -> Optional.empty();
        };
    }

    private static Optional<Target> member(StructSchema struct, String name) {
        Field field = struct.field(name);
        if (field == null) {
            return struct.preservesUnknown() ? Optional.of(FREE) : Optional.empty();
        }
        return Optional.of(new StrictTarget(field.schema()));
    }

    @Override
    public Target element() {
        return schema instanceof ListSchema list ? new StrictTarget(list.items()) : OPAQUE;
    }
}
