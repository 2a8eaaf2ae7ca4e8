package io.gantry.api.schema;

/// A JSON object with free keys and values of one type.
///
/// @param atomic whether server-side apply owns it as a whole (`x-kubernetes-map-type: atomic`)
/// @param resourceList whether it is a `ResourceList` of `core/v1`, whose amounts are whole thousandths
/// @param nullable whether explicit nulls are kept as values (custom resources)
public record MapSchema(Schema values, boolean atomic, boolean resourceList, boolean nullable) implements Schema {
    /// Of a built-in kind.
    public MapSchema(Schema values, boolean atomic, boolean resourceList) {
        this(values, atomic, resourceList, false);
    }

    @Override
    public String goType() {
        return "map[string]" + values.goType();
    }
}
