package io.gantry.apiserver.authz.rbac;

import io.gantry.apiserver.authn.UserInfo;
import io.gantry.apiserver.authz.Attributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which rules a subject has, where. Immutable.
///
/// @param rules namespace (empty: everywhere) → subject → grants
record RbacIndex(Map<String, Map<SubjectKey, List<Grant>>> rules) {
    static final RbacIndex EMPTY = new RbacIndex(Map.of());

    /// One binding as seen by one subject.
    ///
    /// @param why for the audit log and access reviews, e.g. `RBAC: allowed by ClusterRoleBinding "x" …`
    record Grant(String why, List<CompiledRule> rules) {}

    /// The reason why the attributes are allowed; empty when they are not.
    Optional<String> allowed(Attributes attributes) {
        Optional<String> everywhere = allowed(attributes, "");
        return everywhere.isPresent() || attributes.namespace().isEmpty()
                ? everywhere
                : allowed(attributes, attributes.namespace());
    }

    private Optional<String> allowed(Attributes attributes, String scope) {
        Map<SubjectKey, List<Grant>> bySubject = rules.get(scope);
        if (bySubject == null) {
            return Optional.empty();
        }
        for (SubjectKey subject : SubjectKey.of(attributes.user())) {
            for (Grant grant : bySubject.getOrDefault(subject, List.of())) {
                for (CompiledRule rule : grant.rules()) {
                    if (rule.allows(attributes)) {
                        return Optional.of(grant.why());
                    }
                }
            }
        }
        return Optional.empty();
    }

    /// Every rule that a user has in a namespace, those that hold everywhere among them.
    List<CompiledRule> rulesOf(UserInfo user, String namespace) {
        List<CompiledRule> found = new ArrayList<>();
        for (String scope : namespace.isEmpty() ? List.of("") : List.of("", namespace)) {
            Map<SubjectKey, List<Grant>> bySubject = rules.getOrDefault(scope, Map.of());
            for (SubjectKey subject : SubjectKey.of(user)) {
                bySubject.getOrDefault(subject, List.of()).forEach(grant -> found.addAll(grant.rules()));
            }
        }
        return found;
    }

    /// Collects grants.
    static final class Builder {
        private final Map<String, Map<SubjectKey, List<Grant>>> rules = new HashMap<>();

        void add(String namespace, SubjectKey subject, Grant grant) {
            rules.computeIfAbsent(namespace, scope -> new HashMap<>())
                    .computeIfAbsent(subject, key -> new ArrayList<>())
                    .add(grant);
        }

        RbacIndex build() {
            return new RbacIndex(rules);
        }
    }
}
