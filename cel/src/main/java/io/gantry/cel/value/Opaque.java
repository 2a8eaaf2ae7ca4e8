package io.gantry.cel.value;

/// A value of a type that Kubernetes adds to CEL.
public interface Opaque {
    /// The type's name in CEL.
    String typeName();
}
