package io.gantry.apiserver.policy;

import io.gantry.api.Json;
import io.gantry.api.meta.v1.LabelSelector;
import io.gantry.api.selector.LabelSelectors;
import io.gantry.api.selector.Selector;
import io.gantry.apiserver.objects.Trees;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// `matchConstraints` of a policy, `matchResources` of a binding.
///
/// @param rules empty means everything, in a binding
/// @param equivalent whether requests for other versions of a resource are meant, too
record MatchRules(
        List<NamedRule> rules, List<NamedRule> excluded, boolean equivalent, Selector namespaces, Selector objects) {
    static MatchRules of(JsonNode tree) {
        return new MatchRules(
                NamedRule.of(tree, "resourceRules"),
                NamedRule.of(tree, "excludeResourceRules"),
                !Trees.text(tree, "matchPolicy").equals("Exact"),
                selector(tree.path("namespaceSelector")),
                selector(tree.path("objectSelector")));
    }

    static Selector selector(JsonNode tree) {
        return tree.isObject()
                ? LabelSelectors.of(Json.MAPPER.treeToValue(tree, LabelSelector.class))
                : Selector.EVERYTHING;
    }
}
