package io.gantry.apiserver.webhook;

import io.gantry.api.StatusException;
import io.gantry.apiserver.admission.AdmissionAttributes;
import io.gantry.apiserver.admission.AdmissionMatching;
import io.gantry.apiserver.objects.ObjectReader;
import io.gantry.apiserver.registry.Resources;
import io.gantry.apiserver.registry.ServedResource;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Says which webhooks a request concerns. Thread-safe.
final class HookMatcher {
    private final AdmissionMatching matching;
    private final ConditionMatcher conditions;

    HookMatcher(ObjectReader reader, Resources resources, ConditionMatcher conditions) {
        this.matching = new AdmissionMatching(reader, resources);
        this.conditions = conditions;
    }

    /// The request's resource; empty for what is not in the registry.
    Optional<ServedResource> requested(AdmissionAttributes attributes) {
        return matching.requested(attributes);
    }

    /// How a webhook is called for a request; empty when it is not.
    ///
    /// @throws StatusException 404 when its namespace is not there, 403 when its conditions cannot be evaluated
    Optional<Invocation> match(Hook hook, AdmissionAttributes attributes, ObjectNode object, Optional<ObjectNode> old) {
        if (!AdmissionMatching.objectMatches(hook.objects(), object, old)) {
            return Optional.empty();
        }
        Optional<Invocation> invocation = byRules(hook, attributes);
        if (invocation.isEmpty() || !matching.namespaceMatches(hook.namespaces(), attributes, object)) {
            return Optional.empty();
        }
        if (hook.conditions().isEmpty()) {
            return invocation;
        }
        Optional<ServedResource> requested = requested(attributes);
        boolean holds = conditions.matches(
                hook.name(),
                hook.conditions(),
                hook.ignoresFailure(),
                attributes,
                invocation.get().toHook(object, requested),
                old.map(o -> invocation.get().toHook(o, requested)));
        return holds ? invocation : Optional.empty();
    }

    private Optional<Invocation> byRules(Hook hook, AdmissionAttributes attributes) {
        for (HookRule rule : hook.rules()) {
            if (rule.matches(attributes, attributes.group(), attributes.version(), attributes.resource())) {
                return Optional.of(new Invocation(hook, Optional.empty()));
            }
        }
        if (!hook.equivalent()) {
            return Optional.empty();
        }
        List<ServedResource> equivalents = matching.equivalents(attributes);
        for (HookRule rule : hook.rules()) {
            for (ServedResource other : equivalents) {
                if (rule.matches(attributes, other.group(), other.version(), other.plural())) {
                    return Optional.of(new Invocation(hook, Optional.of(other)));
                }
            }
        }
        return Optional.empty();
    }
}
