package io.gantry.apiserver.table;

import io.gantry.api.Json;
import io.gantry.api.kind.Column;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/// Writes Tables of one kind's objects (`meta.k8s.io`, upstream `apiserver/pkg/registry/rest/table.go`). One object is
/// parsed at a time, so a long list costs no more memory than its answer. Immutable.
public final class TableWriter {
    private static final Column NAME = new Column(
            "Name",
            "string",
            "name",
            0,
            "Name must be unique within a namespace. Is required when creating resources, although some resources may"
                    + " allow a client to request the generation of an appropriate name automatically.",
            (object, now) -> object.path("metadata").path("name").asString(""));

    private final List<Column> columns;

    /// @param columns of the kind; `Name` is put before them unless they have one themselves (Events do)
    public TableWriter(List<Column> columns) {
        List<Column> all = new ArrayList<>(columns);
        if (columns.stream().noneMatch(column -> column.name().equals(NAME.name()))) {
            all.addFirst(NAME);
        }
        this.columns = List.copyOf(all);
    }

    /// A Table of many objects.
    ///
    /// @param objects each as JSON bytes
    /// @param version `v1` or `v1beta1`
    public byte[] list(Iterable<byte[]> objects, ListHead head, Options options, Instant now) {
        return write(head, options, out -> {
            for (byte[] object : objects) {
                row(out, Json.MAPPER.readTree(object), options, now);
            }
        });
    }

    /// A Table of one object, as an answer or inside a watch event.
    public byte[] one(byte[] object, Options options, Instant now) {
        return one(Json.MAPPER.readTree(object), options, now);
    }

    /// A Table of one object, as an answer or inside a watch event.
    public byte[] one(JsonNode object, Options options, Instant now) {
        String revision = object.path("metadata").path("resourceVersion").asString("");
        return write(ListHead.of(revision), options, out -> row(out, object, options, now));
    }

    /// How a Table is written.
    ///
    /// @param version `v1` or `v1beta1`
    /// @param include what stands beside the cells
    /// @param headers whether columns are described; upstream does so in the first event of a watch only
    public record Options(String version, IncludeObject include, boolean headers) {
        /// The same for later events of a watch.
        public Options withoutHeaders() {
            return new Options(version, include, false);
        }
    }

    private byte[] write(ListHead head, Options options, java.util.function.Consumer<JsonGenerator> rows) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = Json.MAPPER.createGenerator(bytes)) {
            out.writeStartObject();
            out.writeStringProperty("kind", "Table");
            out.writeStringProperty("apiVersion", "meta.k8s.io/" + options.version());
            head.write(out);
            if (options.headers()) {
                out.writeArrayPropertyStart("columnDefinitions");
                columns.forEach(column -> describe(out, column));
                out.writeEndArray();
            } else {
                out.writeNullProperty("columnDefinitions");
            }
            out.writeArrayPropertyStart("rows");
            rows.accept(out);
            out.writeEndArray();
            out.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private static void describe(JsonGenerator out, Column column) {
        out.writeStartObject();
        out.writeStringProperty("name", column.name());
        out.writeStringProperty("type", column.type());
        out.writeStringProperty("format", column.format());
        out.writeStringProperty("description", column.description());
        out.writeNumberProperty("priority", column.priority());
        out.writeEndObject();
    }

    private void row(JsonGenerator out, JsonNode object, Options options, Instant now) {
        out.writeStartObject();
        out.writeArrayPropertyStart("cells");
        for (Column column : columns) {
            out.writePOJO(column.cell().apply(object, now));
        }
        out.writeEndArray();
        out.writeName("object");
        switch (options.include()) {
            case NONE -> out.writeNull();
            case METADATA -> PartialObjects.write(out, object.path("metadata"), options.version());
            case OBJECT -> out.writeTree(object);
        }
        out.writeEndObject();
    }
}
