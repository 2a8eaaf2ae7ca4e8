package io.gantry.apiserver.customresource;

import io.gantry.api.apiextensions.v1.customresourcedefinition.ApprovalRules;
import io.gantry.api.validation.CaBundles;
import io.gantry.apiserver.objects.Trees;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Which of the names that a definition wants it gets, and whether it is served (upstream
/// `pkg/controller/status/naming_controller.go`, `pkg/controller/establish`). Pure.
final class NameAcceptance {
    private final Set<String> resources = new HashSet<>();
    private final Set<String> kinds = new HashSet<>();
    private String reason = "";
    private String message = "";

    private NameAcceptance(ObjectNode definition, Collection<ObjectNode> all) {
        String group = Trees.text(definition, "spec", "group");
        for (ObjectNode other : all) {
            if (Trees.text(other, "spec", "group").equals(group)
                    && !Trees.name(other).equals(Trees.name(definition))) {
                JsonNode names = other.path("status").path("acceptedNames");
                resources.add(Trees.text(names, "plural"));
                resources.add(Trees.text(names, "singular"));
                resources.addAll(Trees.texts(names, "shortNames"));
                kinds.add(Trees.text(names, "kind"));
                kinds.add(Trees.text(names, "listKind"));
            }
        }
    }

    /// Sets accepted names and conditions in the definition's status.
    ///
    /// @param all definitions, to look for names that are taken
    static void apply(ObjectNode definition, Collection<ObjectNode> all, Instant now) {
        new NameAcceptance(definition, all).accept(definition, now);
        approval(definition, now);
    }

    private void accept(ObjectNode definition, Instant now) {
        JsonNode wanted = definition.path("spec").path("names");
        ObjectNode accepted = Trees.object(definition, "status", "acceptedNames");
        one(wanted, accepted, "plural", resources, "PluralConflict");
        one(wanted, accepted, "singular", resources, "SingularConflict");
        shortNames(wanted, accepted);
        one(wanted, accepted, "kind", kinds, "KindConflict");
        one(wanted, accepted, "listKind", kinds, "ListKindConflict");
        copy(wanted, accepted, "categories");
        boolean good = reason.isEmpty();
        Conditions.set(
                definition,
                Conditions.NAMES_ACCEPTED,
                good,
                good ? "NoConflicts" : reason,
                good ? "no conflicts found" : message,
                now);
        if (Conditions.isTrue(definition, Conditions.ESTABLISHED)) {
            return;
        }
        establish(definition, good, now);
    }

    private static void establish(ObjectNode definition, boolean named, Instant now) {
        String bundle = Trees.text(definition, "spec", "conversion", "webhook", "clientConfig", "caBundle");
        if (named && CaBundles.fault(bundle).isPresent()) {
            String fault = "The conversion webhook CABundle is invalid";
            Conditions.set(definition, Conditions.ESTABLISHED, false, "InvalidCABundle", fault, now);
            return;
        }
        Conditions.set(
                definition,
                Conditions.ESTABLISHED,
                named,
                named ? "InitialNamesAccepted" : "NotAccepted",
                named ? "the initial names have been accepted" : "not all names are accepted",
                now);
    }

    private void one(JsonNode wanted, ObjectNode accepted, String field, Set<String> taken, String conflict) {
        String name = Trees.text(wanted, field);
        if (name.equals(Trees.text(accepted, field)) || !taken.contains(name)) {
            copy(wanted, accepted, field);
        } else {
            reason = conflict;
            message = "\"" + name + "\" is already in use";
        }
    }

    private void shortNames(JsonNode wanted, ObjectNode accepted) {
        List<String> had = Trees.texts(accepted, "shortNames");
        List<String> clashing = Trees.texts(wanted, "shortNames").stream()
                .filter(name -> !had.contains(name) && resources.contains(name))
                .toList();
        if (clashing.isEmpty()) {
            copy(wanted, accepted, "shortNames");
        } else {
            reason = "ShortNamesConflict";
            message = String.join(
                    ", ",
                    clashing.stream()
                            .map(name -> "\"" + name + "\" is already in use")
                            .toList());
        }
    }

    private static void copy(JsonNode wanted, ObjectNode accepted, String field) {
        JsonNode value = wanted.get(field);
        if (value == null) {
            accepted.remove(field);
        } else {
            accepted.set(field, value);
        }
    }

    /// The community's groups say who approved the API (upstream `pkg/controller/apiapproval`).
    private static void approval(ObjectNode definition, Instant now) {
        if (ApprovalRules.isProtected(Trees.text(definition, "spec", "group"))) {
            String annotation = Trees.text(definition, "metadata", "annotations", ApprovalRules.ANNOTATION);
            ApprovalRules.State state = ApprovalRules.state(annotation);
            String found = switch (state) {
                case APPROVED -> "ApprovedAnnotation";
                case BYPASSED -> "UnapprovedAnnotation";
                case MISSING -> "MissingAnnotation";
                case INVALID -> "InvalidAnnotation";
            };
            Conditions.set(
                    definition,
                    Conditions.API_APPROVED,
                    state == ApprovalRules.State.APPROVED,
                    found,
                    ApprovalRules.reason(annotation),
                    now);
        }
    }
}
