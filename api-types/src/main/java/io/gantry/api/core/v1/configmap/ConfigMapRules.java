package io.gantry.api.core.v1.configmap;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindRules;
import io.gantry.api.validation.Base64Size;
import io.gantry.api.validation.TextForms;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Rules of ConfigMaps (upstream `ValidateConfigMap`).
public final class ConfigMapRules implements KindRules<ConfigMap> {
    private static final int MAX_BYTES = 1024 * 1024;

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
