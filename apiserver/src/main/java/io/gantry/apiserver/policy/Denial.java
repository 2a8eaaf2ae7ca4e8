package io.gantry.apiserver.policy;

import io.gantry.api.StatusException;
import io.gantry.api.meta.v1.StatusCause;
import io.gantry.api.meta.v1.StatusDetails;
import io.gantry.apiserver.admission.AdmissionAttributes;
import io.gantry.apiserver.objects.Trees;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// A request is refused by a policy.
///
/// @param reason a Status' reason; empty for `Invalid`
record Denial(String message, String reason) {
    static Denial of(String policy, Optional<Binding> binding, String why, String reason) {
        String with = binding.map(b -> " with binding '" + b.name() + "'").orElse("");
        return new Denial("ValidatingAdmissionPolicy '" + policy + "'" + with + " denied request: " + why, reason);
    }

    StatusException refusal(AdmissionAttributes attributes, ObjectNode object) {
        String shown = reason.isEmpty() ? "Invalid" : reason;
        int code = switch (shown) {
            case "Unauthorized" -> 401;
            case "Forbidden" -> 403;
            case "RequestEntityTooLarge" -> 413;
            default -> 422;
        };
        return status(attributes, object, code, shown, Optional.empty(), List.of(message));
    }

    /// A Status about the request's object.
    ///
    /// @param whole the message as it is; empty for upstream's form with the first cause
    static StatusException status(
            AdmissionAttributes attributes,
            ObjectNode object,
            int code,
            String reason,
            Optional<String> whole,
            List<String> causes) {
        String name = name(attributes, object);
        String resource =
                attributes.group().isEmpty() ? attributes.resource() : attributes.resource() + "." + attributes.group();
        String message = whole.orElseGet(() -> resource + " \"" + name + "\" is forbidden: " + causes.getFirst());
        StatusDetails details = new StatusDetails(
                name,
                attributes.group().isEmpty() ? null : attributes.group(),
                attributes.resource(),
                null,
                causes.stream().map(cause -> new StatusCause(null, cause, null)).toList(),
                null);
        return StatusException.of(code, reason, message, details);
    }

    private static String name(AdmissionAttributes attributes, ObjectNode object) {
        if (!attributes.name().isEmpty()) {
            return attributes.name();
        }
        String name = Trees.name(object);
        return name.isEmpty() ? Trees.text(object, "metadata", "generateName") : name;
    }
}
