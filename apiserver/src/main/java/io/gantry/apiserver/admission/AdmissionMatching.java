package io.gantry.apiserver.admission;

import io.gantry.api.StatusException;
import io.gantry.api.core.v1.namespace.NamespaceKind;
import io.gantry.api.selector.Selector;
import io.gantry.apiserver.objects.ObjectReader;
import io.gantry.apiserver.objects.Trees;
import io.gantry.apiserver.registry.Resources;
import io.gantry.apiserver.registry.ServedResource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// What webhooks and policies alike ask of a request to know whether they are meant (upstream
/// `admission/plugin/webhook/predicates` and `admission/plugin/policy/matching`). Thread-safe.
public final class AdmissionMatching {
    private static final String GROUP = "admissionregistration.k8s.io";
    private static final Set<String> POLICIES = Set.of(
            "validatingadmissionpolicies",
            "validatingadmissionpolicybindings",
            "mutatingadmissionpolicies",
            "mutatingadmissionpolicybindings");
    private static final Set<String> WEBHOOKS =
            Set.of("mutatingwebhookconfigurations", "validatingwebhookconfigurations");

    /// Without their answers nobody would get in or further (upstream `kubeapiserver/admission/exclusion`).
    private static final Set<String> REVIEWS = Set.of(
            "authentication.k8s.io/selfsubjectreviews",
            "authentication.k8s.io/tokenreviews",
            "authorization.k8s.io/localsubjectaccessreviews",
            "authorization.k8s.io/selfsubjectaccessreviews",
            "authorization.k8s.io/selfsubjectrulesreviews",
            "authorization.k8s.io/subjectaccessreviews");

    private final ObjectReader reader;
    private final Resources resources;

    public AdmissionMatching(ObjectReader reader, Resources resources) {
        this.reader = reader;
        this.resources = resources;
    }

    /// No webhook sees requests for what configures admission: what is broken there could not be repaired.
    public static boolean isExemptFromWebhooks(AdmissionAttributes attributes) {
        return attributes.group().equals(GROUP)
                && (WEBHOOKS.contains(attributes.resource()) || POLICIES.contains(attributes.resource()));
    }

    /// No policy sees requests for policies, for the same reason, nor reviews.
    public static boolean isExemptFromPolicies(AdmissionAttributes attributes) {
        return attributes.group().equals(GROUP) && POLICIES.contains(attributes.resource())
                || REVIEWS.contains(attributes.group() + "/" + attributes.resource());
    }

    /// The request's resource; empty for what is not in the registry.
    public Optional<ServedResource> requested(AdmissionAttributes attributes) {
        return Optional.ofNullable(resources.find(attributes.group(), attributes.version(), attributes.resource()));
    }

    /// Whether the new or the old object has such labels.
    public static boolean objectMatches(Selector selector, ObjectNode object, Optional<ObjectNode> old) {
        return selector.isEverything()
                || !object.isEmpty() && selector.matches(Trees.map(object, "metadata", "labels"))
                || old.isPresent() && selector.matches(Trees.map(old.get(), "metadata", "labels"));
    }

    /// Other names under which the same objects are served.
    public List<ServedResource> equivalents(AdmissionAttributes attributes) {
        return requested(attributes)
                .map(own -> resources.all().stream()
                        .filter(other -> !other.equals(own) && isSame(own, other))
                        .toList())
                .orElse(List.of());
    }

    private static boolean isSame(ServedResource own, ServedResource other) {
        return other.is(own.group(), own.plural())
                || own.storage().isPresent() && own.storage().equals(other.storage());
    }

    /// Whether the request's namespace has such labels; true outside of namespaces, where everybody is meant.
    ///
    /// @throws StatusException 404 when there is no such namespace
    public boolean namespaceMatches(Selector selector, AdmissionAttributes attributes, ObjectNode object) {
        return selector.isEverything()
                || namespaceLabels(attributes, object).map(selector::matches).orElse(true);
    }

    private Optional<Map<String, String>> namespaceLabels(AdmissionAttributes attributes, ObjectNode object) {
        boolean written = attributes.operation() == AdmissionAttributes.Operation.CREATE
                || attributes.operation() == AdmissionAttributes.Operation.UPDATE;
        boolean isNamespace = attributes.is("", "namespaces");
        if (isNamespace && written && attributes.subresource().isEmpty()) {
            return Optional.of(Trees.map(object, "metadata", "labels"));
        }
        String name = isNamespace ? attributes.name() : attributes.namespace();
        return name.isEmpty() ? Optional.empty() : Optional.of(Trees.map(namespace(name), "metadata", "labels"));
    }

    /// A namespace.
    ///
    /// @throws StatusException 404 when it is not there
    public ObjectNode namespace(String name) {
        return reader.get(NamespaceKind.KIND, "", name)
                .orElseThrow(() -> StatusException.notFound("", "namespaces", name));
    }
}
