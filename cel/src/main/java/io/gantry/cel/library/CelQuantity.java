package io.gantry.cel.library;

import io.gantry.api.resource.Quantity;
import io.gantry.cel.value.Opaque;

/// A quantity in CEL.
public record CelQuantity(Quantity quantity) implements Opaque {
    static final String TYPE = "kubernetes.Quantity";

    @Override
    public String typeName() {
        return TYPE;
    }
}
