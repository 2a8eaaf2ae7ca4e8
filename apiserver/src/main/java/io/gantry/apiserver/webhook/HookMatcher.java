package io.gantry.apiserver.webhook;

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
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Says which webhooks a request concerns. Thread-safe.
final class HookMatcher {
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
    private final ConditionMatcher conditions;

    HookMatcher(ObjectReader reader, Resources resources, ConditionMatcher conditions) {
        this.reader = reader;
        this.resources = resources;
        this.conditions = conditions;
    }

    /// No webhook sees requests for what configures admission: a broken one could not be repaired.
    static boolean isExempt(AdmissionAttributes attributes) {
        return attributes.group().equals(GROUP) && EXEMPT.contains(attributes.resource());
    }

    /// The request's resource; empty for what is not in the registry.
    Optional<ServedResource> requested(AdmissionAttributes attributes) {
        return Optional.ofNullable(resources.find(attributes.group(), attributes.version(), attributes.resource()));
    }

    /// How a webhook is called for a request; empty when it is not.
    ///
    /// @throws StatusException 404 when its namespace is not there, 403 when its conditions cannot be evaluated
    Optional<Invocation> match(Hook hook, AdmissionAttributes attributes, ObjectNode object, Optional<ObjectNode> old) {
        if (!objectMatches(hook.objects(), object, old)) {
            return Optional.empty();
        }
        Optional<Invocation> invocation = byRules(hook, attributes);
        if (invocation.isEmpty() || !namespaceMatches(hook, attributes, object)) {
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

    private static boolean objectMatches(Selector selector, ObjectNode object, Optional<ObjectNode> old) {
        return selector.isEverything()
                || !object.isEmpty() && selector.matches(Trees.map(object, "metadata", "labels"))
                || old.isPresent() && selector.matches(Trees.map(old.get(), "metadata", "labels"));
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
        List<ServedResource> equivalents = equivalents(attributes);
        for (HookRule rule : hook.rules()) {
            for (ServedResource other : equivalents) {
                if (rule.matches(attributes, other.group(), other.version(), other.plural())) {
                    return Optional.of(new Invocation(hook, Optional.of(other)));
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
                        .filter(other -> isSame(own, other) && !other.equals(own))
                        .toList();
    }

    private static boolean isSame(ServedResource own, ServedResource other) {
        return other.is(own.group(), own.plural())
                || own.storage().isPresent()
                        && other.storage().isPresent()
                        && own.storage().get() == other.storage().get();
    }

    private boolean namespaceMatches(Hook hook, AdmissionAttributes attributes, ObjectNode object) {
        if (hook.namespaces().isEverything()) {
            return true;
        }
        Map<String, String> labels = namespaceLabels(attributes, object);
        return labels == null || hook.namespaces().matches(labels);
    }

    /// The labels of the request's namespace; null outside of namespaces, where every webhook is meant.
    private @Nullable Map<String, String> namespaceLabels(AdmissionAttributes attributes, ObjectNode object) {
        boolean written = attributes.operation() == AdmissionAttributes.Operation.CREATE
                || attributes.operation() == AdmissionAttributes.Operation.UPDATE;
        if (attributes.is("", "namespaces") && written) {
            return Trees.map(object, "metadata", "labels");
        }
        String name = attributes.namespace();
        if (attributes.group().isEmpty() && attributes.resource().equals("namespaces") && name.isEmpty()) {
            name = attributes.name();
        }
        if (name.isEmpty()) {
            return null;
        }
        String namespace = name;
        return reader.get(NamespaceKind.KIND, "", namespace)
                .map(found -> Trees.map(found, "metadata", "labels"))
                .orElseThrow(() -> StatusException.notFound("", "namespaces", namespace));
    }
}
