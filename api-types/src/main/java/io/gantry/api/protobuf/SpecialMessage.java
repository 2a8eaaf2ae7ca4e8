package io.gantry.api.protobuf;

import java.util.Map;
import java.util.Optional;

/// Messages whose JSON differs from their fields.
enum SpecialMessage {
    TIME,
    MICRO_TIME,
    QUANTITY,
    INT_OR_STRING,
    /// One field of bytes, number 1, which hold JSON.
    RAW_JSON,
    /// One repeated text, number 1.
    STRINGS,
    SCHEMA_OR_ARRAY,
    SCHEMA_OR_BOOL,
    SCHEMA_OR_STRINGS;

    private static final String META = "k8s.io.apimachinery.pkg.apis.meta.v1.";
    static final String EXTENSIONS = "k8s.io.apiextensions_apiserver.pkg.apis.apiextensions.v1.";

    private static final Map<String, SpecialMessage> BY_NAME = Map.ofEntries(
            Map.entry(META + "Time", TIME),
            Map.entry(META + "MicroTime", MICRO_TIME),
            Map.entry(META + "FieldsV1", RAW_JSON),
            Map.entry(META + "Verbs", STRINGS),
            Map.entry("k8s.io.apimachinery.pkg.api.resource.Quantity", QUANTITY),
            Map.entry("k8s.io.apimachinery.pkg.util.intstr.IntOrString", INT_OR_STRING),
            Map.entry("k8s.io.apimachinery.pkg.runtime.RawExtension", RAW_JSON),
            Map.entry("k8s.io.api.authentication.v1.ExtraValue", STRINGS),
            Map.entry("k8s.io.api.authorization.v1.ExtraValue", STRINGS),
            Map.entry("k8s.io.api.certificates.v1.ExtraValue", STRINGS),
            Map.entry(EXTENSIONS + "JSON", RAW_JSON),
            Map.entry(EXTENSIONS + "JSONSchemaPropsOrArray", SCHEMA_OR_ARRAY),
            Map.entry(EXTENSIONS + "JSONSchemaPropsOrBool", SCHEMA_OR_BOOL),
            Map.entry(EXTENSIONS + "JSONSchemaPropsOrStringArray", SCHEMA_OR_STRINGS));

    static Optional<SpecialMessage> named(String message) {
        return Optional.ofNullable(BY_NAME.get(message));
    }
}
