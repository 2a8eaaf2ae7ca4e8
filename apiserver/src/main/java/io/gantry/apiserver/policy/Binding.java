package io.gantry.apiserver.policy;

import io.gantry.api.selector.Selector;
import io.gantry.apiserver.objects.Trees;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A binding of a policy.
///
/// @param params empty where the binding gives none
/// @param actions of a validating policy: `Deny`, `Warn`, `Audit`
record Binding(String name, String policy, MatchRules rules, Optional<ParamRef> params, List<String> actions) {
    /// Which objects are the parameters.
    ///
    /// @param name empty when they are selected
    /// @param denies whether a request is refused when there is none
    record ParamRef(String name, String namespace, Optional<Selector> selector, boolean denies) {}

    static Binding of(ObjectNode tree) {
        JsonNode spec = tree.path("spec");
        return new Binding(
                Trees.name(tree),
                Trees.text(spec, "policyName"),
                MatchRules.of(spec.path("matchResources")),
                spec.path("paramRef").isObject() ? Optional.of(paramRef(spec.get("paramRef"))) : Optional.empty(),
                Trees.texts(spec, "validationActions"));
    }

    private static ParamRef paramRef(JsonNode tree) {
        return new ParamRef(
                Trees.text(tree, "name"),
                Trees.text(tree, "namespace"),
                tree.path("selector").isObject()
                        ? Optional.of(MatchRules.selector(tree.get("selector")))
                        : Optional.empty(),
                Trees.text(tree, "parameterNotFoundAction").equals("Deny"));
    }
}
