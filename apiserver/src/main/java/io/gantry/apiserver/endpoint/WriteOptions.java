package io.gantry.apiserver.endpoint;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.api.schema.FieldValidation;
import io.gantry.apiserver.http.Request;
import tools.jackson.databind.node.ObjectNode;

/// The query parameters of writes.
///
/// @param fieldManager never empty: the user agent's first word where none was sent
/// @param managerGiven whether the client named a field manager
/// @param force whether an apply takes fields over
public record WriteOptions(
        boolean dryRun, String fieldManager, boolean managerGiven, FieldValidation fieldValidation, boolean force) {
    private static final int MAX_MANAGER = 128;

    /// Reads and checks them.
    ///
    /// @throws StatusException 400 for values that are not supported
    static WriteOptions of(Request request) {
        var query = request.query();
        boolean dryRun = dryRun(request);
        String manager = query.text("fieldManager");
        if (manager.length() > MAX_MANAGER) {
            throw StatusException.badRequest("fieldManager: Too long: may not be more than 128 bytes");
        }
        return new WriteOptions(
                dryRun,
                manager.isEmpty() ? agent(request) : manager,
                !manager.isEmpty(),
                FieldValidation.parse(query.text("fieldValidation")),
                query.flag("force"));
    }

    private static boolean dryRun(Request request) {
        for (String value : request.query().all("dryRun")) {
            if (!value.equals("All")) {
                throw StatusException.badRequest(
                        "dryRun: Unsupported value: \"" + value + "\": supported values: \"All\"");
            }
        }
        return request.query().get("dryRun") != null;
    }

    /// Upstream's default manager: what comes before the first slash of the user agent.
    private static String agent(Request request) {
        String agent = request.head().header("user-agent").orElse("unknown");
        int slash = agent.indexOf('/');
        String manager = slash < 0 ? agent : agent.substring(0, slash);
        return manager.length() > MAX_MANAGER ? manager.substring(0, MAX_MANAGER) : manager;
    }

    /// As `CreateOptions` and the like, for admission.
    ObjectNode tree(String kind) {
        ObjectNode options = Json.MAPPER.createObjectNode();
        options.put("kind", kind);
        options.put("apiVersion", "meta.k8s.io/v1");
        if (dryRun) {
            options.putArray("dryRun").add("All");
        }
        if (managerGiven) {
            options.put("fieldManager", fieldManager);
        }
        return options;
    }
}
