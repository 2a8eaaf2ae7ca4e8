package io.gantry.apiserver.admission.podsecurity;

import java.util.Set;

/// Whose pods are not looked at.
record Exemptions(Set<String> usernames, Set<String> namespaces, Set<String> runtimeClasses) {
    Exemptions {
        usernames = Set.copyOf(usernames);
        namespaces = Set.copyOf(namespaces);
        runtimeClasses = Set.copyOf(runtimeClasses);
    }
}
