package io.gantry.apiserver.audit;

import io.gantry.apiserver.authz.Attributes;
import io.gantry.apiserver.objects.Trees;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/// One rule of a policy (upstream `k8s.io/apiserver/pkg/audit/policy`). Pure.
///
/// @param omitStages with those of the whole policy
/// @param omitManagedFields whether logged objects lose `metadata.managedFields`
record AuditRule(
        AuditLevel level,
        List<String> users,
        List<String> groups,
        List<String> verbs,
        List<String> namespaces,
        List<JsonNode> resources,
        List<String> paths,
        Set<String> omitStages,
        boolean omitManagedFields) {
    private static final Set<String> STAGES = Set.of("RequestReceived", "ResponseStarted", "ResponseComplete", "Panic");

    AuditRule {
        users = List.copyOf(users);
        groups = List.copyOf(groups);
        verbs = List.copyOf(verbs);
        namespaces = List.copyOf(namespaces);
        resources = List.copyOf(resources);
        paths = List.copyOf(paths);
        omitStages = Set.copyOf(omitStages);
    }

    /// @param policy its `omitStages` and `omitManagedFields` count for every rule
    /// @throws IllegalArgumentException for what no rule can be
    static AuditRule of(JsonNode policy, JsonNode rule) {
        Set<String> omitted = new TreeSet<>(Trees.texts(policy, "omitStages"));
        omitted.addAll(Trees.texts(rule, "omitStages"));
        Set<String> unknown = new HashSet<>(omitted);
        unknown.removeAll(STAGES);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("unknown audit stages " + unknown);
        }
        JsonNode own = rule.path("omitManagedFields");
        return new AuditRule(
                AuditLevel.parse(Trees.text(rule, "level")),
                Trees.texts(rule, "users"),
                Trees.texts(rule, "userGroups"),
                Trees.texts(rule, "verbs"),
                Trees.texts(rule, "namespaces"),
                Trees.list(rule, "resources"),
                Trees.texts(rule, "nonResourceURLs"),
                omitted,
                own.isBoolean() ? own.asBoolean() : Trees.flag(policy, "omitManagedFields"));
    }

    /// The same with no more than this level.
    AuditRule atMost(AuditLevel most) {
        return level.atLeast(most)
                ? new AuditRule(most, users, groups, verbs, namespaces, resources, paths, omitStages, omitManagedFields)
                : this;
    }

    boolean matches(Attributes request) {
        if (!users.isEmpty() && !users.contains(request.user().name())
                || !groups.isEmpty() && groups.stream().noneMatch(request.user().groups()::contains)
                || !verbs.isEmpty() && !verbs.contains(request.verb())) {
            return false;
        }
        if (!namespaces.isEmpty() || !resources.isEmpty()) {
            return request.resourceRequest()
                    && (namespaces.isEmpty() || namespaces.contains(request.namespace()))
                    && (resources.isEmpty() || resources.stream().anyMatch(one -> isResource(one, request)));
        }
        return paths.isEmpty() || !request.resourceRequest() && paths.stream().anyMatch(p -> isPath(p, request.path()));
    }

    private static boolean isPath(String pattern, String path) {
        return pattern.equals("*")
                || pattern.equals(path)
                || pattern.endsWith("*") && path.startsWith(pattern.substring(0, pattern.length() - 1));
    }

    private static boolean isResource(JsonNode rule, Attributes request) {
        if (!Trees.text(rule, "group").equals(request.group())) {
            return false;
        }
        List<String> names = Trees.texts(rule, "resourceNames");
        List<String> wanted = Trees.texts(rule, "resources");
        return wanted.isEmpty()
                || (names.isEmpty() || names.contains(request.name()))
                        && wanted.stream().anyMatch(one -> isResource(one, request.resource(), request.subresource()));
    }

    private static boolean isResource(String wanted, String resource, String subresource) {
        String combined = subresource.isEmpty() ? resource : resource + "/" + subresource;
        return wanted.equals("*")
                || wanted.equals(combined)
                || !subresource.isEmpty() && wanted.equals("*/" + subresource)
                || wanted.endsWith("/*") && wanted.equals(resource + "/*");
    }
}
