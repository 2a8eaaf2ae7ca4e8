package io.gantry.api.schema;

import io.gantry.api.Json;
import io.gantry.api.kind.FieldError;
import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.NameForm;
import io.gantry.api.kind.Names;
import io.gantry.api.kind.ObjectMetaRules;
import io.gantry.api.meta.v1.ObjectMeta;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The keyword `x-kubernetes-embedded-resource`: a whole object with kind, version and sound metadata (upstream
/// `pkg/apiserver/schema/objectmeta/validation.go`).
final class EmbeddedObjects {
    private EmbeddedObjects() {}

    static List<ValueRules.Rule> rules(JsonNode openApi) {
        return openApi.path("x-kubernetes-embedded-resource").asBoolean(false)
                ? List.of(EmbeddedObjects::check)
                : List.of();
    }

    /// @param path of the object, empty where it stands alone
    static void check(JsonNode value, String path, FieldErrors errors) {
        if (!value.isObject()) {
            return;
        }
        String apiVersion = text(value, "apiVersion", path, errors);
        if (apiVersion.chars().filter(c -> c == '/').count() > 1) {
            errors.invalid(below(path, "apiVersion"), apiVersion, "unexpected GroupVersion string: " + apiVersion);
        }
        String kind = text(value, "kind", path, errors);
        if (!kind.isEmpty()) {
            for (String fault : Names.label1035(kind.toLowerCase(Locale.ROOT))) {
                errors.invalid(below(path, "kind"), kind, "may have mixed case, but should otherwise match: " + fault);
            }
        }
        if (value.get("metadata") instanceof ObjectNode metadata) {
            metadata(metadata, below(path, "metadata"), errors);
        }
    }

    private static String below(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static String text(JsonNode value, String field, String path, FieldErrors errors) {
        JsonNode node = value.path(field);
        if (node.isMissingNode()) {
            errors.required(below(path, field), "");
        } else if (!node.isString()) {
            errors.invalid(below(path, field), node, "must be a string");
        } else if (node.stringValue().isEmpty()) {
            errors.invalid(below(path, field), "", "must not be empty");
        }
        return node.isString() ? node.stringValue() : "";
    }

    private static void metadata(ObjectNode metadata, String path, FieldErrors errors) {
        ObjectNode named = metadata.deepCopy();
        try {
            new Conformer(false, false).conform(RecordSchemas.of(ObjectMeta.class), named);
        } catch (DecodeException misfit) {
            errors.invalid(path, Json.MAPPER.treeToValue(metadata, Object.class), String.valueOf(misfit.getMessage()));
            return;
        }
        // A name is not needed here.
        if (named.path("name").asString("").isEmpty()) {
            named.put("name", "fakename");
        }
        FieldErrors found = new FieldErrors();
        ObjectMetaRules.validate(named, named.has("namespace"), NameForm.PATH_SEGMENT, found);
        String prefix = path.substring(0, path.length() - "metadata".length());
        found.all().forEach(error -> errors.add(new FieldError(error.type(), prefix + error.path(), error.message())));
    }
}
