package io.gantry.apiserver.bootstrap;

import io.gantry.api.Json;
import io.gantry.api.rbac.v1.role.PolicyRule;
import io.gantry.apiserver.authz.rbac.RuleGaps;
import io.gantry.apiserver.objects.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Adds to a stored role or binding what is missing of its default.
final class RoleMerge {
    private RoleMerge() {}

    /// The object to store; empty when nothing is missing or the object is not to be touched.
    static Optional<ObjectNode> merge(ObjectNode stored, ObjectNode wanted) {
        if (Trees.text(stored, "metadata", "annotations", Roles.AUTOUPDATE).equals("false")) {
            return Optional.empty();
        }
        ObjectNode merged = stored.deepCopy();
        boolean changed = addAll(merged, wanted, "labels") | addAll(merged, wanted, "annotations");
        changed |= addRules(merged, wanted) | addSubjects(merged, wanted);
        if (wanted.has("aggregationRule") && !wanted.get("aggregationRule").equals(stored.get("aggregationRule"))) {
            merged.set("aggregationRule", wanted.get("aggregationRule"));
            changed = true;
        }
        return changed ? Optional.of(merged) : Optional.empty();
    }

    private static boolean addAll(ObjectNode merged, ObjectNode wanted, String map) {
        boolean changed = false;
        for (Map.Entry<String, String> entry :
                Trees.map(wanted, "metadata", map).entrySet()) {
            if (Trees.at(merged, "metadata", map, entry.getKey()).isMissingNode()) {
                Trees.object(merged, "metadata", map).put(entry.getKey(), entry.getValue());
                changed = true;
            }
        }
        return changed;
    }

    private static boolean addRules(ObjectNode merged, ObjectNode wanted) {
        List<PolicyRule> missing = RuleGaps.missing(rules(merged), rules(wanted));
        ArrayNode rules = missing.isEmpty() ? Json.MAPPER.createArrayNode() : Trees.array(merged, "rules");
        missing.forEach(rule -> rules.add(Trees.of(rule)));
        return !missing.isEmpty();
    }

    private static List<PolicyRule> rules(JsonNode role) {
        List<PolicyRule> rules = new ArrayList<>();
        Trees.objects(role, "rules").forEach(rule -> rules.add(Json.MAPPER.treeToValue(rule, PolicyRule.class)));
        return rules;
    }

    private static boolean addSubjects(ObjectNode merged, ObjectNode wanted) {
        List<JsonNode> there = Trees.list(merged, "subjects");
        boolean changed = false;
        for (JsonNode subject : Trees.list(wanted, "subjects")) {
            if (there.stream().noneMatch(other -> same(other, subject))) {
                Trees.array(merged, "subjects").add(subject);
                changed = true;
            }
        }
        return changed;
    }

    private static boolean same(JsonNode one, JsonNode other) {
        return Trees.text(one, "kind").equals(Trees.text(other, "kind"))
                && Trees.text(one, "name").equals(Trees.text(other, "name"))
                && Trees.text(one, "namespace").equals(Trees.text(other, "namespace"));
    }
}
