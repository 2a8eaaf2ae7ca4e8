package io.gantry.api.schema;

/// Any JSON value, kept as it is.
///
/// @param atomic false where server-side apply deduces structure from the value
/// (`x-kubernetes-preserve-unknown-fields`)
public record AnySchema(boolean atomic) implements Schema {
    /// A free value owned as a whole, as in built-in kinds.
    public static final AnySchema ATOMIC = new AnySchema(true);

    /// A free value whose structure is deduced: maps are granular, lists and scalars atomic.
    public static final AnySchema DEDUCED = new AnySchema(false);

    @Override
    public String goType() {
        return "interface {}";
    }
}
