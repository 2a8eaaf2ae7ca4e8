package io.gantry.apiserver.policy;

import io.gantry.api.StatusException;
import io.gantry.api.core.v1.namespace.NamespaceKind;
import io.gantry.api.selector.Selector;
import io.gantry.apiserver.admission.AdmissionAttributes;
import io.gantry.apiserver.objects.ObjectReader;
import io.gantry.apiserver.objects.Trees;
import io.gantry.apiserver.registry.Resources;
import io.gantry.apiserver.registry.ServedResource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// Says which policies a request concerns (upstream `admission/plugin/policy/matching`). Thread-safe.
final class RequestMatcher {
    private static final String GROUP = "admissionregistration.k8s.io";
    private static final Set<String> EXEMPT = Set.of(
            "mutatingwebhookconfigurations",
            "validatingwebhookconfigurations",
            "validatingadmissionpolicies",
            "validatingadmissionpolicybindings",
            "mutatingadmissionpolicies",
            "mutatingadmissionpolicybindings");

    private final ObjectReader reader;
    private final Resources resources;

    RequestMatcher(ObjectReader reader, Resources resources) {
        this.reader = reader;
        this.resources = resources;
    }

    /// No policy sees requests for what configures admission: a broken one could not be repaired.
    static boolean isExempt(AdmissionAttributes attributes) {
        return attributes.group().equals(GROUP) && EXEMPT.contains(attributes.resource());
    }

    Optional<ServedResource> requested(AdmissionAttributes attributes) {
        return Optional.ofNullable(resources.find(attributes.group(), attributes.version(), attributes.resource()));
    }

    /// As what a request matches; empty when it does not.
    ///
    /// @throws StatusException when its namespace cannot be found
    Optional<Matched> match(
            MatchRules rules, AdmissionAttributes attributes, ObjectNode object, Optional<ObjectNode> old) {
        if (!objectMatches(rules.objects(), object, old)
                || byRules(rules.excluded(), rules.equivalent(), attributes).isPresent()) {
            return Optional.empty();
        }
        Optional<Matched> matched = rules.rules().isEmpty()
                ? Optional.of(Matched.AS_REQUESTED)
                : byRules(rules.rules(), rules.equivalent(), attributes);
        return matched.filter(ignored -> namespaceMatches(rules.namespaces(), attributes, object));
    }

    private static boolean objectMatches(Selector selector, ObjectNode object, Optional<ObjectNode> old) {
        return selector.isEverything()
                || (!object.isEmpty() && selector.matches(Trees.map(object, "metadata", "labels")))
                || (old.isPresent() && selector.matches(Trees.map(old.get(), "metadata", "labels")));
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
        List<ServedResource> others = equivalents(attributes);
        for (NamedRule rule : rules) {
            for (ServedResource other : others) {
                if (rule.matches(attributes, other.group(), other.version(), other.plural())) {
                    return Optional.of(new Matched(Optional.of(other)));
                }
            }
        }
        return Optional.empty();
    }

    /// Other names under which the same objects are served.
    private List<ServedResource> equivalents(AdmissionAttributes attributes) {
        ServedResource own = resources.find(attributes.group(), attributes.version(), attributes.resource());
        return own == null
                ? List.of()
                : resources.all().stream()
                        .filter(other -> !other.equals(own) && isSame(own, other))
                        .toList();
    }

    private static boolean isSame(ServedResource own, ServedResource other) {
        return other.is(own.group(), own.plural())
                || (own.storage().isPresent() && own.storage().equals(other.storage()));
    }

    private boolean namespaceMatches(Selector selector, AdmissionAttributes attributes, ObjectNode object) {
        return selector.isEverything()
                || namespaceLabels(attributes, object).map(selector::matches).orElse(true);
    }

    /// The labels of the request's namespace; empty outside of namespaces, where every policy is meant.
    private Optional<Map<String, String>> namespaceLabels(AdmissionAttributes attributes, ObjectNode object) {
        boolean isNamespace =
                attributes.group().isEmpty() && attributes.resource().equals("namespaces");
        if (isNamespace && attributes.subresource().isEmpty() && !object.isEmpty()) {
            return Optional.of(Trees.map(object, "metadata", "labels"));
        }
        String name = isNamespace ? attributes.name() : attributes.namespace();
        return name.isEmpty() ? Optional.empty() : Optional.of(Trees.map(namespace(name), "metadata", "labels"));
    }

    private ObjectNode namespace(String name) {
        return reader.get(NamespaceKind.KIND, "", name)
                .orElseThrow(() -> StatusException.notFound("", "namespaces", name));
    }

    /// The namespace in which the request's object is; empty for cluster-scoped ones, and for namespaces themselves.
    Optional<ObjectNode> namespace(AdmissionAttributes attributes) {
        boolean isNamespace =
                attributes.group().isEmpty() && attributes.resource().equals("namespaces");
        return isNamespace || attributes.namespace().isEmpty()
                ? Optional.empty()
                : Optional.of(namespace(attributes.namespace()));
    }
}
