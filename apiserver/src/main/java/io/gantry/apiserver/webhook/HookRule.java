package io.gantry.apiserver.webhook;

import io.gantry.apiserver.admission.AdmissionAttributes;
import io.gantry.apiserver.objects.Trees;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Which requests a webhook or policy wants to see (upstream `webhook/predicates/rules`).
public record HookRule(
        List<String> operations, List<String> groups, List<String> versions, List<String> resources, String scope) {
    public HookRule {
        operations = List.copyOf(operations);
        groups = List.copyOf(groups);
        versions = List.copyOf(versions);
        resources = List.copyOf(resources);
    }

    /// Reads a rule.
    public static HookRule of(JsonNode tree) {
        return new HookRule(
                Trees.texts(tree, "operations"),
                Trees.texts(tree, "apiGroups"),
                Trees.texts(tree, "apiVersions"),
                Trees.texts(tree, "resources"),
                Trees.text(tree, "scope"));
    }

    /// Whether a request is meant.
    ///
    /// @param version of the resource; another one than the request's where an equivalent is tried
    public boolean matches(AdmissionAttributes attributes, String group, String version, String resource) {
        return has(operations, attributes.operation().name())
                && has(groups, group)
                && has(versions, version)
                && inScope(attributes)
                && resources.stream().anyMatch(rule -> isResource(rule, resource, attributes.subresource()));
    }

    private static boolean has(List<String> allowed, String value) {
        return allowed.contains("*") || allowed.contains(value);
    }

    private boolean inScope(AdmissionAttributes attributes) {
        // A request for a namespace has its name as its namespace.
        boolean cluster = attributes.namespace().isEmpty()
                || attributes.group().isEmpty() && attributes.resource().equals("namespaces");
        return switch (scope) {
            case "Namespaced" -> !cluster;
            case "Cluster" -> cluster;
            default -> true;
        };
    }

    private static boolean isResource(String rule, String resource, String subresource) {
        int slash = rule.indexOf('/');
        String wanted = slash < 0 ? rule : rule.substring(0, slash);
        String wantedSub = slash < 0 ? "" : rule.substring(slash + 1);
        return (wanted.equals("*") || wanted.equals(resource))
                && (wantedSub.equals("*") || wantedSub.equals(subresource));
    }
}
