package io.gantry.apiserver.webhook;

import io.gantry.apiserver.admission.AdmissionAttributes;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Evaluates `matchConditions`. Thread-safe.
public interface ConditionMatcher {
    /// Whether all conditions hold.
    ///
    /// @param webhook the webhook's name, for messages
    /// @param conditions each with `name` and `expression`
    /// @param ignoresFailure whether the webhook's failurePolicy is Ignore: then an error means no match
    /// @throws io.gantry.api.StatusException 403 when a condition cannot be evaluated and failures count
    boolean matches(
            String webhook,
            List<JsonNode> conditions,
            boolean ignoresFailure,
            AdmissionAttributes attributes,
            ObjectNode object,
            Optional<ObjectNode> old);
}
