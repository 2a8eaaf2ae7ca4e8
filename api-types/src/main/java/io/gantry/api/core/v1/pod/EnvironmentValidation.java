package io.gantry.api.core.v1.pod;

import static io.gantry.api.validation.References.text;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.validation.References;
import io.gantry.api.validation.TextForms;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Environment variables and their sources (upstream `ValidateEnv`, `ValidateEnvFrom`).
final class EnvironmentValidation {
    private static final List<String> FIELDS = List.of(
            "metadata.name",
            "metadata.namespace",
            "metadata.uid",
            "spec.nodeName",
            "spec.serviceAccountName",
            "status.hostIP",
            "status.hostIPs",
            "status.podIP",
            "status.podIPs");
    private static final List<String> RESOURCES = List.of(
            "limits.cpu",
            "limits.ephemeral-storage",
            "limits.memory",
            "requests.cpu",
            "requests.ephemeral-storage",
            "requests.memory");

    private EnvironmentValidation() {}

    static void variables(List<EnvVar> variables, String path, FieldErrors errors) {
        for (int i = 0; i < variables.size(); i++) {
            EnvVar variable = variables.get(i);
            String at = path + "[" + i + "]";
            References.requiredFormat(variable.name(), TextForms::environmentVariable, at + ".name", errors);
            if (variable.valueFrom() != null) {
                valueFrom(variable, variable.valueFrom(), at + ".valueFrom", errors);
            }
        }
    }

    static void sources(List<EnvFromSource> sources, String path, FieldErrors errors) {
        for (int i = 0; i < sources.size(); i++) {
            EnvFromSource source = sources.get(i);
            String at = path + "[" + i + "]";
            References.optional(source.prefix(), TextForms::environmentVariable, at + ".prefix", errors);
            if (source.configMapRef() != null) {
                References.required(source.configMapRef().name(), at + ".configMapRef.name", errors);
            }
            if (source.secretRef() != null) {
                References.required(source.secretRef().name(), at + ".secretRef.name", errors);
            }
            if (source.configMapRef() == null && source.secretRef() == null) {
                errors.invalid(at, "", "must specify one of: `configMapRef` or `secretRef`");
            } else if (source.configMapRef() != null && source.secretRef() != null) {
                errors.invalid(at, "", "may not have more than one field specified at a time");
            }
        }
    }

    /// A field of the pod that may be read, in a variable or a file.
    static void field(ObjectFieldSelector selector, List<String> allowed, String path, FieldErrors errors) {
        String field = text(selector.fieldPath());
        if (field.isEmpty()) {
            errors.required(path + ".fieldPath", "");
        } else if (!subscript(field, path, errors) && !allowed.contains(field)) {
            errors.notSupported(path + ".fieldPath", field, allowed);
        }
    }

    /// An amount of a container that may be read.
    static void resource(ResourceFieldSelector selector, boolean volume, String path, FieldErrors errors) {
        if (volume && text(selector.containerName()).isEmpty()) {
            errors.required(path + ".containerName", "");
        } else if (text(selector.resource()).isEmpty()) {
            errors.required(path + ".resource", "");
        } else if (!RESOURCES.contains(selector.resource())
                && !selector.resource().startsWith("limits.hugepages-")
                && !selector.resource().startsWith("requests.hugepages-")) {
            errors.notSupported(path + ".resource", selector.resource(), RESOURCES);
        }
    }

    static List<String> fields() {
        return FIELDS;
    }

    private static boolean subscript(String field, String path, FieldErrors errors) {
        for (String map : List.of("metadata.annotations", "metadata.labels")) {
            if (field.startsWith(map + "['") && field.endsWith("']")) {
                String key = field.substring(map.length() + 2, field.length() - 2);
                TextForms.annotationKey(key).forEach(m -> errors.invalid(path, key, m));
                return true;
            }
        }
        return false;
    }

    private static void valueFrom(EnvVar variable, EnvVarSource source, String path, FieldErrors errors) {
        long count = Stream.of(
                        source.fieldRef(),
                        source.resourceFieldRef(),
                        source.configMapKeyRef(),
                        source.secretKeyRef(),
                        source.fileKeyRef())
                .filter(Objects::nonNull)
                .count();
        if (source.fieldRef() != null) {
            field(source.fieldRef(), FIELDS, path + ".fieldRef", errors);
        }
        if (source.resourceFieldRef() != null) {
            resource(source.resourceFieldRef(), false, path + ".resourceFieldRef", errors);
        }
        if (source.configMapKeyRef() != null) {
            key(source.configMapKeyRef().name(), source.configMapKeyRef().key(), path + ".configMapKeyRef", errors);
        }
        if (source.secretKeyRef() != null) {
            key(source.secretKeyRef().name(), source.secretKeyRef().key(), path + ".secretKeyRef", errors);
        }
        if (count == 0) {
            errors.invalid(
                    path,
                    "",
                    "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or"
                            + " `fileKeyRef`");
        } else if (!text(variable.value()).isEmpty()) {
            errors.invalid(path, "", "may not be specified when `value` is not empty");
        } else if (count > 1) {
            errors.invalid(path, "", "may not have more than one field specified at a time");
        }
    }

    private static void key(@Nullable String name, @Nullable String key, String path, FieldErrors errors) {
        References.required(name, path + ".name", errors);
        References.requiredFormat(key, TextForms::configMapKey, path + ".key", errors);
    }
}
