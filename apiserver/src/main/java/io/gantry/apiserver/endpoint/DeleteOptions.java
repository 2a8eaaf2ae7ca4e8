package io.gantry.apiserver.endpoint;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.api.kind.FieldError;
import io.gantry.apiserver.http.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `DeleteOptions`, from the body or the query.
///
/// @param propagation `Foreground`, `Background`, `Orphan`, or empty for the default
/// @param uid precondition, empty without
/// @param resourceVersion precondition, empty without
/// @param cascadeAsked whether the old field said false: then a deletion that takes time is answered with 202
record DeleteOptions(
        OptionalLong graceSeconds,
        String propagation,
        String uid,
        String resourceVersion,
        boolean dryRun,
        boolean cascadeAsked,
        ObjectNode tree) {
    /// What nobody says anything about.
    static final DeleteOptions NONE =
            new DeleteOptions(OptionalLong.empty(), "", "", "", false, false, Json.MAPPER.createObjectNode());

    private static final Set<String> POLICIES = Set.of("", "Foreground", "Background", "Orphan");

    /// @throws StatusException 400 or 422 for options that are not supported
    static DeleteOptions of(Request request, Bodies bodies) {
        var query = request.query();
        ObjectNode tree = request.body().length == 0
                ? Json.MAPPER.createObjectNode()
                : bodies.read(request, "v1", "DeleteOptions").tree();
        if (request.body().length == 0) {
            query.first("gracePeriodSeconds").ifPresent(text -> tree.put("gracePeriodSeconds", number(text)));
            query.first("propagationPolicy").ifPresent(text -> tree.put("propagationPolicy", text));
            if (query.get("orphanDependents") != null) {
                tree.put("orphanDependents", query.flag("orphanDependents"));
            }
            query.all("dryRun").forEach(text -> tree.withArray("dryRun").add(text));
        }
        return of(tree);
    }

    private static DeleteOptions of(ObjectNode tree) {
        JsonNode grace = tree.path("gracePeriodSeconds");
        JsonNode orphan = tree.path("orphanDependents");
        String policy = tree.path("propagationPolicy").asString("");
        check(tree, policy);
        if (policy.isEmpty() && orphan.isBoolean()) {
            policy = orphan.asBoolean() ? "Orphan" : "Background";
        }
        return new DeleteOptions(
                grace.isNumber() ? OptionalLong.of(grace.asLong()) : OptionalLong.empty(),
                policy,
                tree.path("preconditions").path("uid").asString(""),
                tree.path("preconditions").path("resourceVersion").asString(""),
                !tree.path("dryRun").isEmpty(),
                orphan.isBoolean() && !orphan.asBoolean(),
                tree);
    }

    private static void check(ObjectNode tree, String policy) {
        List<FieldError> errors = new ArrayList<>();
        if (tree.hasNonNull("orphanDependents") && tree.hasNonNull("propagationPolicy")) {
            errors.add(new FieldError(
                    FieldError.Type.INVALID,
                    "propagationPolicy",
                    "Invalid value: " + Json.MAPPER.writeValueAsString(policy)
                            + ": orphanDependents and deletionPropagation cannot be both set"));
        }
        if (!POLICIES.contains(policy)) {
            errors.add(new FieldError(
                    FieldError.Type.NOT_SUPPORTED,
                    "propagationPolicy",
                    "Unsupported value: " + Json.MAPPER.writeValueAsString(policy)
                            + ": supported values: \"Foreground\", \"Background\", \"Orphan\", \"nil\""));
        }
        JsonNode dryRun = tree.path("dryRun");
        for (JsonNode value : dryRun) {
            if (!value.asString("").equals("All")) {
                errors.add(new FieldError(
                        FieldError.Type.NOT_SUPPORTED,
                        "dryRun",
                        "Unsupported value: " + dryRun + ": supported values: \"All\""));
                break;
            }
        }
        if (!errors.isEmpty()) {
            throw StatusException.invalid("meta.k8s.io", "DeleteOptions", "", errors);
        }
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw StatusException.badRequest("gracePeriodSeconds: Invalid value: \"" + text + "\"");
        }
    }
}
