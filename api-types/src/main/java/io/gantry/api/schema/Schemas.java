package io.gantry.api.schema;

import io.gantry.api.KubernetesObject;
import io.gantry.api.kind.Kind;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import tools.jackson.databind.JsonNode;

/// Where schemas come from.
public final class Schemas {
    private static final ConcurrentMap<Kind<?>, ResourceSchema> BUILT_IN = new ConcurrentHashMap<>();

    private Schemas() {}

    /// The schema of a built-in kind; derived on first use and kept.
    public static ResourceSchema of(Kind<? extends KubernetesObject> kind) {
        ResourceSchema known = BUILT_IN.get(kind);
        return known != null ? known : BUILT_IN.computeIfAbsent(kind, Schemas::derive);
    }

    /// The schema of one version of a custom resource.
    ///
    /// @param apiVersion `group/version`
    /// @param kind the kind in CamelCase
    /// @param openApiV3Schema the CRD's `schema.openAPIV3Schema`, which must be structural
    public static ResourceSchema custom(String apiVersion, String kind, JsonNode openApiV3Schema) {
        return new ResourceSchema(
                apiVersion, kind, true, CustomSchemas.root(openApiV3Schema), ValueRules.root(openApiV3Schema));
    }

    /// The schema of what requests carry and nothing stores, such as `DeleteOptions`.
    ///
    /// @param apiVersion `group/version`
    public static ResourceSchema of(String apiVersion, String kind, Class<? extends Record> type) {
        return new ResourceSchema(apiVersion, kind, false, RecordSchemas.of(type), ValueRules.NONE);
    }

    private static ResourceSchema derive(Kind<?> kind) {
        return new ResourceSchema(
                kind.apiVersion(), kind.name(), false, RecordSchemas.of(kind.type()), ValueRules.NONE);
    }
}
