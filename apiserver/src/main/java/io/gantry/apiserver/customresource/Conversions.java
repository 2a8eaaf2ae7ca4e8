package io.gantry.apiserver.customresource;

import io.gantry.api.schema.ResourceSchema;
import io.gantry.apiserver.registry.Conversion;
import java.util.Map;
import java.util.function.Supplier;

/// Makes conversions by webhook.
interface Conversions {
    /// @param schemas of every version, by `apiVersion`
    /// @param served the `apiVersion` that is served
    /// @param stored the `apiVersion` in which new objects are stored
    Conversion webhook(
            Definition definition, Map<String, Supplier<ResourceSchema>> schemas, String served, String stored);
}
