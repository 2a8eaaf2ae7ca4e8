package io.gantry.apiserver.policy;

import io.gantry.apiserver.admission.AdmissionAttributes;
import io.gantry.apiserver.objects.Trees;
import io.gantry.apiserver.webhook.HookRule;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Which requests are meant, perhaps only for objects of some names.
///
/// @param names empty for all
record NamedRule(HookRule rule, List<String> names) {
    NamedRule {
        names = List.copyOf(names);
    }

    static List<NamedRule> of(JsonNode tree, String field) {
        return Trees.list(tree, field).stream()
                .map(rule -> new NamedRule(HookRule.of(rule), Trees.texts(rule, "resourceNames")))
                .toList();
    }

    boolean matches(AdmissionAttributes attributes, String group, String version, String resource) {
        return rule.matches(attributes, group, version, resource)
                && (names.isEmpty() || names.contains(attributes.name()));
    }
}
