package io.gantry.apiserver.openapi;

import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A parameter of operations.
record Parameter(String name, String in, String type, String description) {
    static final Parameter NAME = new Parameter("name", "path", "string", "Name of the object.");
    static final Parameter NAMESPACE = new Parameter("namespace", "path", "string", "Namespace of the object.");
    static final Parameter PATH = new Parameter("path", "path", "string", "Path of the request that is passed on.");

    private static final Parameter PRETTY = query("pretty", "string", "Indented output.");
    private static final Parameter DRY_RUN = query("dryRun", "string", "All: nothing is stored.");
    private static final Parameter FIELD_MANAGER = query("fieldManager", "string", "Who changes the fields.");
    private static final Parameter FIELD_VALIDATION =
            query("fieldValidation", "string", "What unknown and duplicate fields are: Ignore, Warn or Strict.");

    static final List<Parameter> READ = List.of(PRETTY);
    static final List<Parameter> WRITE = List.of(PRETTY, DRY_RUN, FIELD_MANAGER, FIELD_VALIDATION);
    static final List<Parameter> PATCH = List.of(
            PRETTY,
            DRY_RUN,
            FIELD_MANAGER,
            FIELD_VALIDATION,
            query("force", "boolean", "Apply takes fields from other managers."));
    static final List<Parameter> DELETE = List.of(
            PRETTY,
            DRY_RUN,
            query("gracePeriodSeconds", "integer", "Seconds until the object is deleted."),
            query("orphanDependents", "boolean", "Deprecated: propagationPolicy."),
            query("propagationPolicy", "string", "Orphan, Background or Foreground."));
    static final List<Parameter> LIST = List.of(
            PRETTY,
            query("allowWatchBookmarks", "boolean", "Whether a watch may send bookmarks."),
            query("continue", "string", "Token of the page before."),
            query("fieldSelector", "string", "Restricts by fields."),
            query("labelSelector", "string", "Restricts by labels."),
            query("limit", "integer", "Items of a page."),
            query("resourceVersion", "string", "The revision to read at or to watch from."),
            query("resourceVersionMatch", "string", "How resourceVersion is meant."),
            query("sendInitialEvents", "boolean", "A watch begins with what is there."),
            query("timeoutSeconds", "integer", "Limits the call."),
            query("watch", "boolean", "Changes as they happen."));

    private static Parameter query(String name, String type, String description) {
        return new Parameter(name, "query", type, description);
    }

    void append(ArrayNode parameters, Dialect dialect) {
        ObjectNode node = parameters.addObject().put("name", name).put("in", in).put("description", description);
        if (in.equals("path")) {
            node.put("required", true);
        }
        ObjectNode typed = dialect == Dialect.V2 ? node : node.putObject("schema");
        typed.put("type", type).put("uniqueItems", true);
    }
}
