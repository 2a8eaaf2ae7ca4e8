package io.gantry.api.schema;

/// One node of the schema of a kind. Built-in kinds derive it from their records and annotations, custom resources
/// from a CRD's `openAPIV3Schema`; decoding, pruning, defaults, validation, patches and managed fields all read it.
/// Immutable to its users and thread-safe; children may be resolved lazily, since types refer to themselves.
public sealed interface Schema permits StructSchema, MapSchema, ListSchema, ScalarSchema, AnySchema {
    /// The name of the type in Go, as decoding errors show it, e.g. `int32` or `v1.PodSpec`.
    String goType();

    /// Whether server-side apply owns the value as a whole.
    boolean atomic();
}
