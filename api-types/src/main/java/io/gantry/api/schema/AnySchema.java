package io.gantry.api.schema;

/// Any JSON value, kept as it is.
///
/// @param atomic false where server-side apply deduces structure from the value
/// (`x-kubernetes-preserve-unknown-fields`)
/// @param pruned whether objects in it lose their fields, as below `additionalProperties: true` (upstream's pruning)
public record AnySchema(boolean atomic, boolean pruned) implements Schema {
    /// A free value owned as a whole, as in built-in kinds.
    public static final AnySchema ATOMIC = new AnySchema(true, false);

    /// A free value whose structure is deduced: maps are granular, lists and scalars atomic.
    public static final AnySchema DEDUCED = new AnySchema(false, false);

    /// A scalar, or a list of them: the schema says nothing of the fields of objects.
    static final AnySchema PRUNED = new AnySchema(false, true);

    @Override
    public String goType() {
        return "interface {}";
    }
}
