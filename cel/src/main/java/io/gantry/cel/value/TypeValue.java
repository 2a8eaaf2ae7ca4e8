package io.gantry.cel.value;

/// A type as a value, as `type(x)` gives it.
///
/// @param name e.g. `int`, `list`, `google.protobuf.Timestamp`
public record TypeValue(String name) {
    @Override
    public String toString() {
        return name;
    }
}
