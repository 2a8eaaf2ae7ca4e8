package io.gantry.apiserver.openapi;

import java.util.List;
import java.util.stream.Stream;
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

    private static final Parameter RESOURCE_VERSION =
            query("resourceVersion", "string", "The revision to read at or to watch from.");
    private static final List<Parameter> DELETION = List.of(
            PRETTY,
            DRY_RUN,
            query("gracePeriodSeconds", "integer", "Seconds until the object is deleted."),
            query(
                    "ignoreStoreReadErrorWithClusterBreakingPotential",
                    "boolean",
                    "Deletes what cannot be read, where the server allows it."),
            query("orphanDependents", "boolean", "Deprecated: propagationPolicy."),
            query("propagationPolicy", "string", "Orphan, Background or Foreground."));
    private static final List<Parameter> SELECTION = List.of(
            query("continue", "string", "Token of the page before."),
            query("fieldSelector", "string", "Restricts by fields."),
            query("labelSelector", "string", "Restricts by labels."),
            query("limit", "integer", "Items of a page."),
            RESOURCE_VERSION,
            query("resourceVersionMatch", "string", "How resourceVersion is meant."),
            query("sendInitialEvents", "boolean", "A watch begins with what is there."),
            query("shardSelector", "string", "Restricts to a shard, where the server has shards."),
            query("timeoutSeconds", "integer", "Limits the call."));
    private static final Parameter CONTAINER = query("container", "string", "Which container; the only one.");
    private static final List<Parameter> STREAMS = List.of(
            CONTAINER,
            query("stderr", "boolean", "Whether standard error is sent."),
            query("stdin", "boolean", "Whether standard input is taken."),
            query("stdout", "boolean", "Whether standard output is sent."),
            query("tty", "boolean", "Whether there is a terminal."));

    static final List<Parameter> READ = List.of(PRETTY);
    static final List<Parameter> READ_CUSTOM = List.of(PRETTY, RESOURCE_VERSION);
    static final List<Parameter> WRITE = List.of(PRETTY, DRY_RUN, FIELD_MANAGER, FIELD_VALIDATION);
    static final List<Parameter> PATCH =
            with(WRITE, query("force", "boolean", "Apply takes fields from other managers."));
    static final List<Parameter> DELETE = DELETION;
    static final List<Parameter> DELETE_COLLECTION = with(DELETION, SELECTION.toArray(Parameter[]::new));
    static final List<Parameter> LIST = with(
            SELECTION,
            PRETTY,
            query("allowWatchBookmarks", "boolean", "Whether a watch may send bookmarks."),
            query("watch", "boolean", "Changes as they happen."));
    static final List<Parameter> LOG = List.of(
            PRETTY,
            CONTAINER,
            query("follow", "boolean", "Whether what is written later is sent too."),
            query("insecureSkipTLSVerifyBackend", "boolean", "Whether the kubelet's certificate is not checked."),
            query("limitBytes", "integer", "How many bytes are sent at most."),
            query("previous", "boolean", "The log of the container before the last restart."),
            query("sinceSeconds", "integer", "How old lines are at most."),
            query("stream", "string", "All, Stdout or Stderr."),
            query("tailLines", "integer", "How many of the last lines are sent."),
            query("timestamps", "boolean", "Whether lines begin with their time."));

    /// What is asked of a connection, by the kind of its options.
    static List<Parameter> connect(String kind) {
        return switch (kind) {
            case "PodAttachOptions" -> STREAMS;
            case "PodExecOptions" -> with(STREAMS, query("command", "string", "The program and its arguments."));
            case "PodPortForwardOptions" -> List.of(query("ports", "integer", "The ports, for WebSockets."));
            default -> List.of(query("path", "string", "Path of the request that is passed on."));
        };
    }

    static List<Parameter> with(List<Parameter> some, Parameter... more) {
        return Stream.concat(some.stream(), Stream.of(more)).toList();
    }

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
