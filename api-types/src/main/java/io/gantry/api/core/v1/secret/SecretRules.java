package io.gantry.api.core.v1.secret;

import static io.gantry.api.validation.References.text;

import io.gantry.api.Json;
import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindRules;
import io.gantry.api.validation.Base64Size;
import io.gantry.api.validation.Immutable;
import io.gantry.api.validation.TextForms;
import io.gantry.api.validation.Trees;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Rules of Secrets (upstream `ValidateSecret`).
public final class SecretRules implements KindRules<Secret> {
    private static final int MAX_BYTES = 1024 * 1024;
    private static final String ACCOUNT = "kubernetes.io/service-account.name";

    /// Moves `stringData` into `data` (upstream's conversion), which wins over what is there.
    @Override
    public void defaults(ObjectNode object) {
        if (object.path("stringData") instanceof ObjectNode texts) {
            if (!texts.isEmpty()) {
                ObjectNode data = Trees.child(object, "data");
                texts.properties()
                        .forEach(e -> data.put(
                                e.getKey(),
                                Base64.getEncoder()
                                        .encodeToString(
                                                e.getValue().asString("").getBytes(StandardCharsets.UTF_8))));
            }
            object.remove("stringData");
        }
        Trees.defaultText(object, "type", "Opaque");
    }

    @Override
    public void prepareForUpdate(ObjectNode object, ObjectNode old) {
        if (object.path("type").asString("").isEmpty()) {
            Trees.restore(object, old, "type");
        }
    }

    @Override
    public void validate(Secret object, FieldErrors errors) {
        long size = 0;
        for (Map.Entry<String, String> entry : object.data().entrySet()) {
            String key = entry.getKey();
            TextForms.configMapKey(key).forEach(m -> errors.invalid("data[" + key + "]", key, m));
            size += Base64Size.decoded(text(entry.getValue()));
        }
        if (size > MAX_BYTES) {
            errors.tooLong("data", MAX_BYTES);
        }
        type(object, errors);
    }

    @Override
    public void validateUpdate(Secret object, Secret old, FieldErrors errors) {
        Immutable.check(object.type(), old.type(), "type", errors);
        if (Boolean.TRUE.equals(old.immutable())) {
            if (!Boolean.TRUE.equals(object.immutable())) {
                errors.forbidden("immutable", "field is immutable when `immutable` is set");
            }
            if (!object.data().equals(old.data())) {
                errors.forbidden("data", "field is immutable when `immutable` is set");
            }
        }
    }

    @Override
    public List<String> warnings(Secret object) {
        return "kubernetes.io/tls".equals(object.type())
                ? TlsPair.fault(object.data().get("tls.crt"), object.data().get("tls.key")).stream()
                        .toList()
                : List.of();
    }

    @Override
    public List<String> selectablePaths() {
        return List.of("type");
    }

    @Override
    public Map<String, String> selectableFields(JsonNode object) {
        return Map.of("type", object.path("type").asString(""));
    }

    private static void type(Secret object, FieldErrors errors) {
        switch (text(object.type())) {
            case "kubernetes.io/service-account-token" -> {
                if (text(object.metadata().annotations().get(ACCOUNT)).isEmpty()) {
                    errors.required("metadata.annotations[" + ACCOUNT + "]", "");
                }
            }
            case "kubernetes.io/dockercfg" -> json(object, ".dockercfg", errors);
            case "kubernetes.io/dockerconfigjson" -> json(object, ".dockerconfigjson", errors);
            case "kubernetes.io/basic-auth" -> {
                if (!object.data().containsKey("username") && !object.data().containsKey("password")) {
                    errors.required("data[username]", "");
                    errors.required("data[password]", "");
                }
            }
            case "kubernetes.io/ssh-auth" -> {
                if (text(object.data().get("ssh-privatekey")).isEmpty()) {
                    errors.required("data[ssh-privatekey]", "");
                }
            }
            case "kubernetes.io/tls" -> {
                for (String key : new String[] {"tls.crt", "tls.key"}) {
                    if (!object.data().containsKey(key)) {
                        errors.required("data[" + key + "]", "");
                    }
                }
            }
            default -> {}
        }
    }

    private static void json(Secret object, String key, FieldErrors errors) {
        String value = object.data().get(key);
        if (value == null) {
            errors.required("data[" + key + "]", "");
            return;
        }
        try {
            Json.MAPPER.readTree(Base64.getDecoder().decode(value));
        } catch (JacksonException | IllegalArgumentException notJson) {
            errors.invalid("data[" + key + "]", "<secret contents redacted>", "must be valid JSON");
        }
    }
}
