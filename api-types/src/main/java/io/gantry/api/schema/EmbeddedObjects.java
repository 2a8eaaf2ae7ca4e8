package io.gantry.api.schema;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.NameForm;
import io.gantry.api.kind.Names;
import io.gantry.api.kind.ObjectMetaRules;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The keyword `x-kubernetes-embedded-resource`: a whole object with kind, version and sound metadata (upstream
/// `pkg/apiserver/schema/objectmeta/validation.go`).
final class EmbeddedObjects {
    private EmbeddedObjects() {}

    static void add(JsonNode openApi, List<ValueRules.Rule> rules) {
        if (openApi.path("x-kubernetes-embedded-resource").asBoolean(false)) {
            rules.add(EmbeddedObjects::check);
        }
    }

    private static void check(JsonNode value, String path, FieldErrors errors) {
        if (!value.isObject()) {
            return;
        }
        String apiVersion = text(value, "apiVersion", path, errors);
        if (apiVersion.chars().filter(c -> c == '/').count() > 1) {
            errors.invalid(path + ".apiVersion", apiVersion, "unexpected GroupVersion string: " + apiVersion);
        }
        String kind = text(value, "kind", path, errors);
        if (!kind.isEmpty()) {
            for (String fault : Names.label1035(kind.toLowerCase(Locale.ROOT))) {
                errors.invalid(path + ".kind", kind, "may have mixed case, but should otherwise match: " + fault);
            }
        }
        if (value.get("metadata") instanceof ObjectNode metadata) {
            metadata(metadata, path, errors);
        }
    }

    private static String text(JsonNode value, String field, String path, FieldErrors errors) {
        JsonNode node = value.path(field);
        if (node.isMissingNode()) {
            errors.required(path + "." + field, "must not be empty");
        } else if (!node.isString()) {
            errors.invalid(path + "." + field, node, "must be a string");
        } else if (node.stringValue().isEmpty()) {
            errors.invalid(path + "." + field, "", "must not be empty");
        }
        return node.isString() ? node.stringValue() : "";
    }

    /// A name is not needed here.
    private static void metadata(ObjectNode metadata, String path, FieldErrors errors) {
        ObjectNode named = metadata.deepCopy();
        if (named.path("name").asString("").isEmpty()) {
            named.put("name", "fakename");
        }
        FieldErrors found = new FieldErrors();
        ObjectMetaRules.validate(named, named.has("namespace"), NameForm.PATH_SEGMENT, found);
        found.all()
                .forEach(error -> errors.add(
                        new io.gantry.api.kind.FieldError(error.type(), path + "." + error.path(), error.message())));
    }
}
