package io.gantry.apiserver.customresource;

import io.gantry.api.schema.ResourceSchema;
import io.gantry.apiserver.registry.Conversion;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/// The conversion strategy `None`: versions differ in their name, and in what their schemas keep and
/// default. Defaults are of the version that a request names, and then of the one that is stored, never of
/// the one that is read (upstream's storage codec in `customresource_handler.go`).
///
/// @param served of the version that is served
/// @param stored of the version in which objects are stored
record VersionChange(Supplier<ResourceSchema> served, Supplier<ResourceSchema> stored) implements Conversion {
    @Override
    public ObjectNode toStored(ObjectNode object) {
        object.put("apiVersion", stored.get().apiVersion());
        stored.get().conform(object);
        stored.get().applyDefaults(object);
        return object;
    }

    @Override
    public ObjectNode toServed(ObjectNode object) {
        object.put("apiVersion", served.get().apiVersion());
        served.get().conform(object);
        return object;
    }
}
