package io.gantry.apiserver.policy;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.Names;
import io.gantry.apiserver.objects.Trees;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Checks how policies and bindings are written, apart from their expressions (upstream
/// `pkg/apis/admissionregistration/validation`).
final class PolicyForms {
    private static final List<String> OPERATIONS = List.of("*", "CONNECT", "CREATE", "DELETE", "UPDATE");
    private static final List<String> SCOPES = List.of("*", "Cluster", "Namespaced");

    private PolicyForms() {}

    /// A policy of either sort.
    static void policy(ObjectNode policy, FieldErrors errors) {
        JsonNode spec = policy.path("spec");
        if (spec.path("paramKind").isObject()) {
            paramKind(spec.get("paramKind"), errors);
        }
        matchResources(spec.path("matchConstraints"), "spec.matchConstraints", errors);
        if (Trees.text(policy, "kind").startsWith("Mutating")) {
            mutating(spec, errors);
        }
    }

    private static void mutating(JsonNode spec, FieldErrors errors) {
        if (!spec.path("matchConstraints").isObject()) {
            errors.required("spec.matchConstraints", "");
        } else if (spec.path("matchConstraints").path("resourceRules").isEmpty()) {
            errors.required("spec.matchConstraints.resourceRules", "");
        }
        if (spec.path("mutations").isEmpty()) {
            errors.required("spec.mutations", "mutations must contain at least one item");
        }
        if (Trees.text(spec, "reinvocationPolicy").isEmpty()) {
            errors.required("spec.reinvocationPolicy", "");
        }
    }

    private static void paramKind(JsonNode kind, FieldErrors errors) {
        String apiVersion = Trees.text(kind, "apiVersion");
        if (apiVersion.isEmpty()) {
            errors.required("spec.paramKind.apiVersion", "");
        } else if (apiVersion.indexOf('/') != apiVersion.lastIndexOf('/')) {
            errors.invalid("spec.paramKind.apiVersion", apiVersion, "unexpected GroupVersion string: " + apiVersion);
        } else if (apiVersion.endsWith("/")) {
            errors.invalid("spec.paramKind.apiVersion", apiVersion, "version must be specified");
        }
        if (Trees.text(kind, "kind").isEmpty()) {
            errors.required("spec.paramKind.kind", "");
        }
    }

    private static void matchResources(JsonNode match, String path, FieldErrors errors) {
        for (String field : List.of("resourceRules", "excludeResourceRules")) {
            List<JsonNode> rules = Trees.list(match, field);
            for (int i = 0; i < rules.size(); i++) {
                rule(rules.get(i), path + "." + field + "[" + i + "]", errors);
            }
        }
    }

    private static void rule(JsonNode rule, String path, FieldErrors errors) {
        List<String> names = new ArrayList<>();
        for (String name : Trees.texts(rule, "resourceNames")) {
            String at = path + ".resourceNames[" + names.size() + "]";
            if (name.isEmpty() || name.equals(".") || name.equals("..") || name.contains("/") || name.contains("%")) {
                errors.invalid(at, name, "must be a valid path segment name");
            }
            if (names.contains(name)) {
                errors.duplicate(at, name);
            }
            names.add(name);
        }
        for (String field : List.of("operations", "apiGroups", "apiVersions", "resources")) {
            List<String> values = Trees.texts(rule, field);
            if (values.isEmpty()) {
                errors.required(path + "." + field, "");
            }
            if (values.size() > 1 && values.contains("*") && !field.equals("resources")) {
                errors.invalid(path + "." + field, values, "if '*' is present, must not specify other " + words(field));
            }
        }
        List<String> operations = Trees.texts(rule, "operations");
        for (int i = 0; i < operations.size(); i++) {
            if (!OPERATIONS.contains(operations.get(i))) {
                errors.notSupported(path + ".operations[" + i + "]", operations.get(i), OPERATIONS);
            }
        }
        String scope = Trees.text(rule, "scope");
        if (!scope.isEmpty() && !SCOPES.contains(scope)) {
            errors.notSupported(path + ".scope", scope, SCOPES);
        }
    }

    private static String words(String field) {
        return switch (field) {
            case "apiGroups" -> "API groups";
            case "apiVersions" -> "API versions";
            default -> field;
        };
    }

    /// A binding of either sort.
    static void binding(JsonNode spec, FieldErrors errors) {
        String policy = Trees.text(spec, "policyName");
        if (policy.isEmpty()) {
            errors.required("spec.policyName", "");
        } else {
            Names.subdomain(policy).forEach(why -> errors.invalid("spec.policyName", policy, why));
        }
        if (spec.path("paramRef").isObject()) {
            paramRef(spec.get("paramRef"), errors);
        }
        matchResources(spec.path("matchResources"), "spec.matchResources", errors);
    }

    private static void paramRef(JsonNode ref, FieldErrors errors) {
        boolean named = !Trees.text(ref, "name").isEmpty();
        boolean selected = ref.path("selector").isObject();
        if (named && selected) {
            errors.forbidden("spec.paramRef.name", "name and selector are mutually exclusive");
        } else if (!named && !selected) {
            errors.required("spec.paramRef", "one of name or selector must be specified");
        }
        String action = Trees.text(ref, "parameterNotFoundAction");
        if (action.isEmpty()) {
            errors.required("spec.paramRef.parameterNotFoundAction", "");
        } else if (!action.equals("Allow") && !action.equals("Deny")) {
            errors.notSupported("spec.paramRef.parameterNotFoundAction", action, List.of("Deny", "Allow"));
        }
    }
}
