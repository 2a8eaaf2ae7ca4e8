package io.gantry.api.core.v1.configmap;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindRules;
import io.gantry.api.validation.Base64Size;
import io.gantry.api.validation.TextForms;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Rules of ConfigMaps (upstream `ValidateConfigMap`).
public final class ConfigMapRules implements KindRules<ConfigMap> {
    private static final int MAX_BYTES = 1024 * 1024;
    /// Of one `char` in UTF-8.
    private static final int MAX_CHARACTER_BYTES = 3;

    @Override
    public void validate(ConfigMap object, FieldErrors errors) {
        long size = 0;
        for (Map.Entry<String, String> entry : object.data().entrySet()) {
            String key = entry.getKey();
            String path = "data[" + key + "]";
            TextForms.configMapKey(key).forEach(m -> errors.invalid(path, key, m));
            if (object.binaryData().containsKey(key)) {
                errors.invalid(path, key, "duplicate of key present in binaryData");
            }
            size += entry.getValue().getBytes(StandardCharsets.UTF_8).length;
        }
        for (Map.Entry<String, String> entry : object.binaryData().entrySet()) {
            String key = entry.getKey();
            String path = "binaryData[" + key + "]";
            TextForms.configMapKey(key).forEach(m -> errors.invalid(path, key, m));
            size += Base64Size.decoded(entry.getValue());
        }
        if (size > MAX_BYTES) {
            errors.tooLong("[]", MAX_BYTES);
        }
    }

    /// A map with good keys that is small whatever its characters are.
    @Override
    public boolean isPlain(JsonNode object) {
        long characters = 0;
        for (Map.Entry<String, JsonNode> entry : object.path("data").properties()) {
            if (!entry.getValue().isString()
                    || !TextForms.configMapKey(entry.getKey()).isEmpty()) {
                return false;
            }
            characters += entry.getValue().stringValue().length();
        }
        return object.path("binaryData").isEmpty() && characters <= MAX_BYTES / MAX_CHARACTER_BYTES;
    }

    @Override
    public boolean isPlainUpdate(JsonNode object, JsonNode old) {
        return !old.path("immutable").asBoolean(false);
    }

    @Override
    public void validateUpdate(ConfigMap object, ConfigMap old, FieldErrors errors) {
        if (!Boolean.TRUE.equals(old.immutable())) {
            return;
        }
        if (!Boolean.TRUE.equals(object.immutable())) {
            errors.forbidden("immutable", "field is immutable when `immutable` is set");
        }
        if (!object.data().equals(old.data())) {
            errors.forbidden("data", "field is immutable when `immutable` is set");
        }
        if (!object.binaryData().equals(old.binaryData())) {
            errors.forbidden("binaryData", "field is immutable when `immutable` is set");
        }
    }
}
