package io.gantry.api.core.v1.pod;

import static io.gantry.api.validation.References.text;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.Names;
import io.gantry.api.resource.Quantity;
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
    private static final String HUGE_PAGES = "hugepages-";
    private static final List<String> CPU_DIVISORS = List.of("1m", "1");
    private static final List<String> BYTE_DIVISORS =
            List.of("1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei");

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
                References.requiredFormat(
                        source.configMapRef().name(), Names::subdomain, at + ".configMapRef.name", errors);
            }
            if (source.secretRef() != null) {
                References.requiredFormat(source.secretRef().name(), Names::subdomain, at + ".secretRef.name", errors);
            }
            if (source.configMapRef() == null && source.secretRef() == null) {
                errors.invalid(path, "", "must specify one of: `configMapRef` or `secretRef`");
            } else if (source.configMapRef() != null && source.secretRef() != null) {
                errors.invalid(path, "", "may not have more than one field specified at a time");
            }
        }
    }

    /// A field of the pod that may be read, in a variable or a file.
    static void field(ObjectFieldSelector selector, List<String> allowed, String path, FieldErrors errors) {
        String field = text(selector.fieldPath());
        if (field.isEmpty()) {
            errors.required(path + ".fieldPath", "");
        } else if (selector.apiVersion() != null && !selector.apiVersion().equals("v1")) {
            errors.invalid(
                    path + ".fieldPath",
                    field,
                    "error converting fieldPath: unsupported pod version: " + selector.apiVersion());
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
        divisor(text(selector.resource()), selector.divisor(), path + ".divisor", errors);
    }

    /// Amounts are told in whole steps of ten or two; zero is the step of one.
    private static void divisor(String resource, @Nullable Quantity divisor, String path, FieldErrors errors) {
        if (divisor == null || divisor.amount().signum() == 0) {
            return;
        }
        String kind = resource.substring(resource.indexOf('.') + 1);
        boolean cpu = kind.equals("cpu");
        String name = kind.equals("ephemeral-storage")
                ? "local ephemeral storage"
                : kind.startsWith(HUGE_PAGES) ? "hugepages" : kind;
        boolean known = RESOURCES.contains(resource) || kind.startsWith(HUGE_PAGES);
        if (known && !(cpu ? CPU_DIVISORS : BYTE_DIVISORS).contains(divisor.canonical())) {
            String values = cpu ? String.join(" and ", CPU_DIVISORS) : String.join(", ", BYTE_DIVISORS);
            errors.invalid(
                    path,
                    resource,
                    "only divisor's values " + values + " are supported with the " + name + " resource");
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
        References.format(name, Names::subdomain, path + ".name", errors);
        References.requiredFormat(key, TextForms::configMapKey, path + ".key", errors);
    }
}
