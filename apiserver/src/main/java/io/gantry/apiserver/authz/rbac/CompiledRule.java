package io.gantry.apiserver.authz.rbac;

import io.gantry.api.rbac.v1.role.PolicyRule;
import io.gantry.apiserver.authz.Attributes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A rule made ready to be asked often.
record CompiledRule(
        PolicyRule source,
        Set<String> verbs,
        Set<String> groups,
        Set<String> resources,
        Set<String> names,
        List<String> paths) {
    static final String ALL = "*";

    static CompiledRule of(PolicyRule rule) {
        return new CompiledRule(
                rule,
                new HashSet<>(rule.verbs()),
                new HashSet<>(rule.apiGroups()),
                new HashSet<>(rule.resources()),
                new HashSet<>(rule.resourceNames()),
                rule.nonResourceURLs());
    }

    boolean allows(Attributes attributes) {
        if (!verbs.contains(attributes.verb()) && !verbs.contains(ALL)) {
            return false;
        }
        return attributes.resourceRequest() ? allowsResource(attributes) : allowsPath(attributes.path());
    }

    private boolean allowsResource(Attributes attributes) {
        return (groups.contains(attributes.group()) || groups.contains(ALL))
                && hasResource(attributes.resource(), attributes.subresource())
                && (names.isEmpty() || names.contains(attributes.name()));
    }

    private boolean hasResource(String resource, String subresource) {
        if (resources.contains(ALL)) {
            return true;
        }
        return subresource.isEmpty()
                ? resources.contains(resource)
                : resources.contains(resource + "/" + subresource) || resources.contains("*/" + subresource);
    }

    private boolean allowsPath(String path) {
        for (String pattern : paths) {
            if (pathMatches(pattern, path)) {
                return true;
            }
        }
        return false;
    }

    /// A pattern that ends with `*` matches every path that begins with the rest.
    static boolean pathMatches(String pattern, String path) {
        return pattern.equals(ALL)
                || pattern.equals(path)
                || (pattern.endsWith(ALL) && path.startsWith(pattern.substring(0, pattern.length() - 1)));
    }
}
