package io.gantry.apiserver.endpoint;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.api.kind.FieldError;
import io.gantry.api.schema.DecodeException;
import io.gantry.api.schema.ResourceSchema;
import io.gantry.api.schema.Schemas;
import io.gantry.apiserver.http.Query;
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

    private static final String KIND = "DeleteOptions";
    private static final String GRACE = "gracePeriodSeconds";
    private static final Set<String> POLICIES = Set.of("", "Foreground", "Background", "Orphan");

    /// @throws StatusException 400 or 422 for options that are not supported
    static DeleteOptions of(Call call, Bodies bodies) {
        Request request = call.request();
        if (request.body().length == 0) {
            return of(ofQuery(request.query()));
        }
        ObjectNode tree = decoded(bodies.read(request, "v1", KIND).tree());
        call.audit().body().accept(tree, copy -> {});
        return of(tree);
    }

    private static ObjectNode ofQuery(Query query) {
        ObjectNode tree = Json.MAPPER.createObjectNode();
        if (query.get(GRACE) != null) {
            tree.put(GRACE, ListQuery.number(query, GRACE));
        }
        query.first("propagationPolicy").ifPresent(text -> tree.put("propagationPolicy", text));
        if (query.get("orphanDependents") != null) {
            tree.put("orphanDependents", query.flag("orphanDependents"));
        }
        query.all("dryRun").forEach(text -> tree.withArray("dryRun").add(text));
        // Upstream `meta/v1/conversion.go` reads both as preconditions.
        for (String field : List.of("uid", "resourceVersion")) {
            String text = query.text(field);
            if (!text.isEmpty()) {
                tree.withObject("/preconditions").put(field, text);
            }
        }
        return tree;
    }

    /// What does not fit could be a dry run or a precondition, so it is refused before anything is deleted.
    private static ObjectNode decoded(ObjectNode tree) {
        String kind = tree.path("kind").asString("");
        if (!kind.isEmpty() && !kind.equals(KIND)) {
            throw StatusException.badRequest("no kind \"" + kind + "\" is registered for version \""
                    + tree.path("apiVersion").asString("v1") + "\" in scheme \"pkg/runtime/scheme.go:111\"");
        }
        try {
            Types.OPTIONS.conformPatched(tree);
        } catch (DecodeException unfit) {
            throw StatusException.badRequest(String.valueOf(unfit.getMessage()));
        }
        return tree;
    }

    /// Made when somebody sends options in a body.
    private static final class Types {
        static final ResourceSchema OPTIONS = Schemas.of("v1", KIND, io.gantry.api.meta.v1.DeleteOptions.class);
    }

    private static DeleteOptions of(ObjectNode tree) {
        JsonNode grace = tree.path(GRACE);
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
}
