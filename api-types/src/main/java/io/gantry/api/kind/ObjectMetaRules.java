package io.gantry.api.kind;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/// What holds for the metadata of every object (upstream `k8s.io/apimachinery/pkg/api/validation/objectmeta.go`).
/// Works on trees, after names were generated.
public final class ObjectMetaRules {
    /// Bytes of all keys and values of the annotations.
    public static final int MAX_ANNOTATIONS_SIZE = 256 * 1024;

    private static final String IMMUTABLE = "field is immutable";
    private static final List<String> IMMUTABLE_FIELDS =
            List.of("name", "namespace", "uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds");

    private ObjectMetaRules() {}

    /// Checks metadata of a kind's new object.
    public static void validate(JsonNode metadata, boolean namespaced, String group, String kind, FieldErrors errors) {
        validate(metadata, namespaced, NameForm.of(group, kind), errors);
        knownFinalizers(metadata, group, kind, errors);
    }

    private static void knownFinalizers(JsonNode metadata, String group, String kind, FieldErrors errors) {
        if (Finalizers.areKnown(group, kind)) {
            int i = 0;
            for (JsonNode name : metadata.path("finalizers").values()) {
                Finalizers.known(name.asString(""), "metadata.finalizers[" + i++ + "]", errors);
            }
        }
    }

    /// Checks metadata at creation.
    public static void validate(JsonNode metadata, boolean namespaced, NameForm form, FieldErrors errors) {
        String generateName = text(metadata, "generateName");
        if (!generateName.isEmpty()) {
            form.check(generateName, true)
                    .forEach(wrong -> errors.invalid("metadata.generateName", generateName, wrong));
        }
        String name = text(metadata, "name");
        if (name.isEmpty()) {
            errors.required("metadata.name", "name or generateName is required");
        } else {
            form.check(name, false).forEach(wrong -> errors.invalid("metadata.name", name, wrong));
        }
        namespace(metadata, namespaced, errors);
        common(metadata, errors);
        finalizers(metadata, errors);
    }

    /// Checks metadata at update of a kind's object. The name has a path's form only, as upstream (`BeforeUpdate`).
    public static void validateUpdate(JsonNode metadata, JsonNode old, String group, String kind, FieldErrors errors) {
        String generateName = text(metadata, "generateName");
        if (!generateName.isEmpty()) {
            NameForm.PATH_SEGMENT
                    .check(generateName, true)
                    .forEach(wrong -> errors.invalid("metadata.generateName", generateName, wrong));
        }
        finalizers(metadata, errors);
        validateUpdate(metadata, old, errors);
        knownFinalizers(metadata, group, kind, errors);
    }

    private static void validateUpdate(JsonNode metadata, JsonNode old, FieldErrors errors) {
        if (old.has("deletionTimestamp")) {
            noNewFinalizers(metadata, old, errors);
        }
        if (text(metadata, "resourceVersion").isEmpty()) {
            errors.invalid("metadata.resourceVersion", "", "must be specified for an update");
        }
        long generation = metadata.path("generation").asLong(0);
        if (generation < old.path("generation").asLong(0)) {
            errors.invalid("metadata.generation", generation, "must not be decremented");
        }
        for (String field : IMMUTABLE_FIELDS) {
            if (!metadata.path(field).equals(old.path(field))) {
                JsonNode value = metadata.path(field);
                errors.invalid("metadata." + field, value.isString() ? value.stringValue() : shown(value), IMMUTABLE);
            }
        }
        common(metadata, errors);
    }

    private static Object shown(JsonNode value) {
        return value.isMissingNode() ? "null" : value;
    }

    private static void namespace(JsonNode metadata, boolean namespaced, FieldErrors errors) {
        String namespace = text(metadata, "namespace");
        if (!namespaced) {
            if (!namespace.isEmpty()) {
                errors.forbidden("metadata.namespace", "not allowed on this type");
            }
        } else if (namespace.isEmpty()) {
            errors.required("metadata.namespace", "");
        } else {
            Names.label(namespace).forEach(wrong -> errors.invalid("metadata.namespace", namespace, wrong));
        }
    }

    private static void common(JsonNode metadata, FieldErrors errors) {
        long generation = metadata.path("generation").asLong(0);
        if (generation < 0) {
            errors.invalid("metadata.generation", generation, "must be greater than or equal to 0");
        }
        labels(metadata.path("labels"), "metadata.labels", errors);
        annotations(metadata.path("annotations"), "metadata.annotations", errors);
        ownerReferences(metadata.path("ownerReferences"), errors);
        managedFields(metadata.path("managedFields"), errors);
    }

    /// Checks labels, also those of a pod template or a selector.
    public static void labels(JsonNode labels, String path, FieldErrors errors) {
        for (Map.Entry<String, JsonNode> label : labels.properties()) {
            String key = label.getKey();
            Names.qualified(key).forEach(wrong -> errors.invalid(path, key, wrong));
            String value = label.getValue().asString("");
            Names.labelValue(value).forEach(wrong -> errors.invalid(path, value, wrong));
        }
    }

    /// Checks annotations, also those of a pod template.
    public static void annotations(JsonNode annotations, String path, FieldErrors errors) {
        long size = 0;
        for (Map.Entry<String, JsonNode> annotation : annotations.properties()) {
            String key = annotation.getKey();
            Names.qualified(key.toLowerCase(Locale.ROOT)).forEach(wrong -> errors.invalid(path, key, wrong));
            size += key.length() + annotation.getValue().asString("").length();
        }
        if (size > MAX_ANNOTATIONS_SIZE) {
            errors.tooLong(path, MAX_ANNOTATIONS_SIZE);
        }
    }

    private static void ownerReferences(JsonNode references, FieldErrors errors) {
        String controller = "";
        for (JsonNode reference : references) {
            ownerReference(reference, "metadata.ownerReferences", errors);
            if (reference.path("controller").asBoolean(false)) {
                String name = text(reference, "kind") + "/" + text(reference, "name");
                if (!controller.isEmpty()) {
                    errors.invalid(
                            "metadata.ownerReferences",
                            references,
                            "Only one reference can have Controller set to true. Found \"true\" in references for "
                                    + controller + " and " + name);
                } else {
                    controller = name;
                }
            }
        }
    }

    /// The path has no index, as upstream's.
    private static void ownerReference(JsonNode reference, String path, FieldErrors errors) {
        String apiVersion = text(reference, "apiVersion");
        if (apiVersion.isEmpty()
                || apiVersion.endsWith("/")
                || apiVersion.indexOf('/') != apiVersion.lastIndexOf('/')) {
            errors.invalid(path + ".apiVersion", apiVersion, "version must not be empty");
        }
        for (String field : List.of("kind", "name", "uid")) {
            if (text(reference, field).isEmpty()) {
                errors.invalid(path + "." + field, "", "must not be empty");
            }
        }
        if (apiVersion.equals("v1") && text(reference, "kind").equals("Event")) {
            errors.invalid(path, reference, "/v1, Kind=Event is disallowed from being an owner");
        }
    }

    private static void finalizers(JsonNode finalizers, FieldErrors errors) {
        boolean orphan = false;
        boolean foreground = false;
        for (JsonNode finalizer : finalizers.path("finalizers").values()) {
            String name = finalizer.asString("");
            Names.qualified(name).forEach(wrong -> errors.invalid("metadata.finalizers", name, wrong));
            orphan |= name.equals("orphan");
            foreground |= name.equals("foregroundDeletion");
        }
        if (orphan && foreground) {
            errors.invalid(
                    "metadata.finalizers",
                    finalizers.path("finalizers"),
                    "finalizer orphan and foregroundDeletion cannot be both set");
        }
    }

    private static void noNewFinalizers(JsonNode metadata, JsonNode old, FieldErrors errors) {
        Set<String> known = new HashSet<>();
        old.path("finalizers").values().forEach(name -> known.add(name.asString("")));
        Set<String> extra = new TreeSet<>();
        metadata.path("finalizers").values().forEach(name -> extra.add(name.asString("")));
        extra.removeAll(known);
        if (!extra.isEmpty()) {
            String names = String.join("\", \"", extra);
            errors.forbidden(
                    "metadata.finalizers",
                    "no new finalizers can be added if the object is being deleted, found new finalizers []string{\""
                            + names + "\"}");
        }
    }

    private static void managedFields(JsonNode entries, FieldErrors errors) {
        for (int i = 0; i < entries.size(); i++) {
            String path = "metadata.managedFields[" + i + "]";
            String operation = text(entries.get(i), "operation");
            if (operation.isEmpty()) {
                errors.required(path + ".operation", "must not be empty");
            } else if (!operation.equals("Apply") && !operation.equals("Update")) {
                errors.notSupported(path + ".operation", operation, List.of("Apply", "Update"));
            }
            String type = text(entries.get(i), "fieldsType");
            if (!type.isEmpty() && !type.equals("FieldsV1")) {
                errors.invalid(path + ".fieldsType", type, "must be `FieldsV1`");
            }
        }
    }

    private static String text(JsonNode object, String field) {
        return object.path(field).asString("");
    }
}
