package io.gantry.api.printer;

import io.gantry.api.kind.Column;
import io.gantry.api.kind.HumanDuration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/// The columns of events of both groups (upstream `printEvent`); `Name` comes last.
///
/// @param regarding field of the object that the event is about
/// @param message field of the message
/// @param source field of component and host
/// @param first field of the first time
/// @param last field of the last time
/// @param count field of the count
/// @param reporter field of the reporting component
public record EventColumns(
        String regarding, String message, String source, String first, String last, String count, String reporter) {
    /// Columns of core events.
    public static List<Column> core() {
        return new EventColumns(
                        "involvedObject",
                        "message",
                        "source",
                        "firstTimestamp",
                        "lastTimestamp",
                        "count",
                        "reportingComponent")
                .all();
    }

    /// Columns of `events.k8s.io` events.
    public static List<Column> events() {
        return new EventColumns(
                        "regarding",
                        "note",
                        "deprecatedSource",
                        "deprecatedFirstTimestamp",
                        "deprecatedLastTimestamp",
                        "deprecatedCount",
                        "reportingController")
                .all();
    }

    private List<Column> all() {
        return List.of(
                Column.text("Last Seen", "Time since it was last seen.", this::lastSeen),
                Column.text("Type", "Normal or Warning.", Cells.text("type")),
                Column.text("Reason", "Why, in one word.", Cells.text("reason")),
                Column.text("Object", "The object that the event is about.", (event, now) -> object(event)),
                Column.text("Subobject", "The part of the object.", Cells.text(regarding + ".fieldPath"))
                        .wide(),
                Column.text("Source", "Who reports it.", (event, now) -> sourceText(event))
                        .wide(),
                Column.text(
                        "Message",
                        "What happened.",
                        (event, now) -> event.path(message).asString("").strip()),
                Column.text("First Seen", "Time since it was first seen.", this::firstSeen)
                        .wide(),
                Column.text("Count", "How often it was seen.", (event, now) -> countOf(event))
                        .wide(),
                new Column("Name", "string", "name", 1, "Name of the event.", Cells.text("metadata.name")));
    }

    private String firstSeen(JsonNode event, Instant now) {
        JsonNode time = event.path(first);
        return HumanDuration.since(time.isString() ? time : event.path("eventTime"), now);
    }

    private String lastSeen(JsonNode event, Instant now) {
        JsonNode series = event.path("series").path("lastObservedTime");
        if (series.isString()) {
            return HumanDuration.since(series, now);
        }
        JsonNode time = event.path(last);
        return time.isString() ? HumanDuration.since(time, now) : firstSeen(event, now);
    }

    private String object(JsonNode event) {
        String name = event.path(regarding).path("name").asString("");
        String kind = event.path(regarding).path("kind").asString("");
        return kind.isEmpty() ? name : kind.toLowerCase(Locale.ROOT) + "/" + name;
    }

    private String sourceText(JsonNode event) {
        String component = event.path(source).path("component").asString("");
        if (component.isEmpty()) {
            component = event.path(reporter).asString("");
        }
        String host = event.path(source).path("host").asString("");
        if (host.isEmpty()) {
            host = event.path("reportingInstance").asString("");
        }
        return host.isEmpty() ? component : component + ", " + host;
    }

    private String countOf(JsonNode event) {
        long series = event.path("series").path("count").asLong(0);
        long plain = event.path(count).asLong(0);
        return Long.toString(series > 0 ? series : Math.max(1, plain));
    }
}
