package io.gantry.apiserver.authz.rbac;

import io.gantry.api.rbac.v1.role.PolicyRule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Whether somebody who has some rules has others too. A rule is broken down to one verb, group, resource
/// and name each; every piece must be covered by one rule of the owner's (upstream
/// `k8s.io/component-helpers/auth/rbac/validation`).
public final class RuleGaps {
    private RuleGaps() {}

    /// The pieces of `wanted` that `owned` does not cover.
    public static List<PolicyRule> missing(List<PolicyRule> owned, List<PolicyRule> wanted) {
        List<PolicyRule> missing = new ArrayList<>();
        for (PolicyRule rule : wanted) {
            for (PolicyRule piece : pieces(rule)) {
                if (owned.stream().noneMatch(owner -> covers(owner, piece))) {
                    missing.add(piece);
                }
            }
        }
        return missing;
    }

    private static List<PolicyRule> pieces(PolicyRule rule) {
        List<PolicyRule> pieces = new ArrayList<>();
        for (String verb : rule.verbs()) {
            for (String group : rule.apiGroups()) {
                for (String resource : rule.resources()) {
                    if (rule.resourceNames().isEmpty()) {
                        pieces.add(piece(verb, group, resource, List.of()));
                    }
                    rule.resourceNames().forEach(name -> pieces.add(piece(verb, group, resource, List.of(name))));
                }
            }
            rule.nonResourceURLs()
                    .forEach(path ->
                            pieces.add(new PolicyRule(List.of(verb), List.of(), List.of(), List.of(), List.of(path))));
        }
        return pieces;
    }

    private static PolicyRule piece(String verb, String group, String resource, List<String> names) {
        return new PolicyRule(List.of(verb), List.of(group), List.of(resource), names, List.of());
    }

    private static boolean covers(PolicyRule owner, PolicyRule piece) {
        return has(owner.verbs(), piece.verbs())
                && has(owner.apiGroups(), piece.apiGroups())
                && coversResources(owner.resources(), piece.resources())
                && coversPaths(owner.nonResourceURLs(), piece.nonResourceURLs())
                && (owner.resourceNames().isEmpty()
                        || (!piece.resourceNames().isEmpty()
                                && owner.resourceNames().containsAll(piece.resourceNames())));
    }

    private static boolean has(Collection<String> owned, Collection<String> wanted) {
        return owned.contains(CompiledRule.ALL) || owned.containsAll(wanted);
    }

    private static boolean coversResources(List<String> owned, List<String> wanted) {
        if (has(owned, wanted)) {
            return true;
        }
        return wanted.stream()
                .allMatch(resource -> owned.contains(resource)
                        || (resource.contains("/") && owned.contains("*" + resource.substring(resource.indexOf('/')))));
    }

    private static boolean coversPaths(List<String> owned, List<String> wanted) {
        return wanted.stream()
                .allMatch(path -> owned.stream().anyMatch(pattern -> CompiledRule.pathMatches(pattern, path)));
    }
}
