package io.gantry.apiserver.authz;

import io.gantry.api.StatusException;

/// What a client reads that may not do something; upstream's wording
/// (`k8s.io/apiserver/pkg/endpoints/handlers/responsewriters`).
public final class Forbidden {
    private Forbidden() {}

    /// The 403 for a denied request.
    public static StatusException of(Attributes attributes, String reason) {
        String message = message(attributes) + (reason.isEmpty() ? "" : ": " + reason);
        if (!attributes.resourceRequest()) {
            return StatusException.of(403, "Forbidden", "forbidden: " + message, null);
        }
        return StatusException.forbidden(attributes.group(), attributes.resource(), attributes.name(), message);
    }

    /// Asks and throws the 403 when the answer is no.
    public static void unlessAllowed(Authorizer authorizer, Attributes attributes) {
        Decision decision = authorizer.decide(attributes);
        if (!decision.allowed()) {
            throw of(attributes, decision.reason());
        }
    }

    static String message(Attributes attributes) {
        String user = "User \"" + attributes.user().name() + "\" cannot " + attributes.verb();
        if (!attributes.resourceRequest()) {
            return user + " path \"" + attributes.path() + "\"";
        }
        String resource = attributes.subresource().isEmpty()
                ? attributes.resource()
                : attributes.resource() + "/" + attributes.subresource();
        String where = attributes.namespace().isEmpty()
                ? " at the cluster scope"
                : " in the namespace \"" + attributes.namespace() + "\"";
        return user + " resource \"" + resource + "\" in API group \"" + attributes.group() + "\"" + where;
    }
}
