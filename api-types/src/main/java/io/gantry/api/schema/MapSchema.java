package io.gantry.api.schema;

/// A JSON object with free keys and values of one type.
///
/// @param atomic whether server-side apply owns it as a whole (`x-kubernetes-map-type: atomic`)
public record MapSchema(Schema values, boolean atomic) implements Schema {
    @Override
    public String goType() {
        return "map[string]" + values.goType();
    }
}
