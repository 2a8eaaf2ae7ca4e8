package io.gantry.apiserver.policy;

import io.gantry.api.StatusException;
import io.gantry.apiserver.admission.AdmissionAttributes;
import io.gantry.apiserver.admission.AdmissionMatching;
import io.gantry.apiserver.objects.ObjectReader;
import io.gantry.apiserver.registry.Resources;
import io.gantry.apiserver.registry.ServedResource;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Says which policies a request concerns (upstream `admission/plugin/policy/matching`). Thread-safe.
final class RequestMatcher {
    private final AdmissionMatching matching;

    RequestMatcher(ObjectReader reader, Resources resources) {
        this.matching = new AdmissionMatching(reader, resources);
    }

    Optional<ServedResource> requested(AdmissionAttributes attributes) {
        return matching.requested(attributes);
    }

    /// As what a request matches; empty when it does not.
    ///
    /// @throws StatusException when its namespace cannot be found
    Optional<Matched> match(
            MatchRules rules, AdmissionAttributes attributes, ObjectNode object, Optional<ObjectNode> old) {
        if (!AdmissionMatching.objectMatches(rules.objects(), object, old)
                || byRules(rules.excluded(), rules.equivalent(), attributes).isPresent()) {
            return Optional.empty();
        }
        Optional<Matched> matched = rules.rules().isEmpty()
                ? Optional.of(Matched.AS_REQUESTED)
                : byRules(rules.rules(), rules.equivalent(), attributes);
        return matched.filter(ignored -> matching.namespaceMatches(rules.namespaces(), attributes, object));
    }

    private Optional<Matched> byRules(List<NamedRule> rules, boolean equivalent, AdmissionAttributes attributes) {
        for (NamedRule rule : rules) {
            if (rule.matches(attributes, attributes.group(), attributes.version(), attributes.resource())) {
                return Optional.of(Matched.AS_REQUESTED);
            }
        }
        if (!equivalent || rules.isEmpty()) {
            return Optional.empty();
        }
        List<ServedResource> others = matching.equivalents(attributes);
        for (NamedRule rule : rules) {
            for (ServedResource other : others) {
                if (rule.matches(attributes, other.group(), other.version(), other.plural())) {
                    return Optional.of(new Matched(Optional.of(other)));
                }
            }
        }
        return Optional.empty();
    }

    /// The namespace in which the request's object is; empty for cluster-scoped ones, and for namespaces themselves.
    Optional<ObjectNode> namespace(AdmissionAttributes attributes) {
        return attributes.is("", "namespaces") || attributes.namespace().isEmpty()
                ? Optional.empty()
                : Optional.of(matching.namespace(attributes.namespace()));
    }
}
