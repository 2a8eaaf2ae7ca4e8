package io.gantry.apiserver.table;

import io.gantry.api.Json;
import io.gantry.api.kind.Column;
import io.gantry.apiserver.projection.Projection;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/// Writes Tables of one kind's objects (`meta.k8s.io`, upstream `apiserver/pkg/registry/rest/table.go`). One object is
/// read at a time, and only what columns look at, so a long list costs the memory of its cells. Immutable.
public final class TableWriter {
    private static final Column NAME = new Column(
            "Name",
            "string",
            "name",
            0,
            "Name must be unique within a namespace. Is required when creating resources, although some resources may"
                    + " allow a client to request the generation of an appropriate name automatically. Name is primarily intended"
                    + " for creation idempotence and configuration definition. Cannot be updated. More info:"
                    + " https://kubernetes.io/docs/concepts/overview/working-with-objects/names#names",
            (object, now) -> object.path("metadata").path("name").asString(""));

    private static final List<String> OWN_PATHS = List.of("metadata.name", "metadata.resourceVersion");

    private final List<Column> columns;
    private final Optional<Projection> read;

    /// Of columns that may look at anything.
    public TableWriter(List<Column> columns) {
        this(columns, List.of());
    }

    /// @param columns of the kind; the name is put before them unless they have it themselves (Events do). A column
    /// of a custom resource may be called `Name` too, and says something else
    /// @param paths that the columns look at; empty when they may look at anything
    public TableWriter(List<Column> columns, List<String> paths) {
        this.read = paths.isEmpty()
                ? Optional.empty()
                : Optional.of(Projection.of(
                        Stream.concat(OWN_PATHS.stream(), paths.stream()).toList()));
        List<Column> all = new ArrayList<>(columns);
        if (columns.stream().noneMatch(column -> column.format().equals(NAME.format()))) {
            all.addFirst(NAME);
        }
        this.columns = List.copyOf(all);
    }

    /// A Table of many objects, whose arrays are part of it: nobody changes them.
    ///
    /// @param objects each as JSON bytes
    public ByteBuf list(List<byte[]> objects, ListHead head, Options options, Instant now) {
        Rows rows = new Rows(columns, options, now, objects.size());
        rows.begin(head(head, options));
        for (byte[] object : objects) {
            rows.add(tree(object), object);
        }
        return rows.end();
    }

    private JsonNode tree(byte[] object) {
        return read.isPresent() ? read.get().read(object) : Json.MAPPER.readTree(object);
    }

    /// A Table of one object, as an answer or inside a watch event.
    public byte[] one(byte[] object, Options options, Instant now) {
        JsonNode tree = tree(object);
        Rows rows = new Rows(columns, options, now, 1);
        rows.begin(
                head(ListHead.of(tree.path("metadata").path("resourceVersion").asString("")), options));
        rows.add(tree, object);
        return ByteBufUtil.getBytes(rows.end());
    }

    /// A Table of one object, as an answer or inside a watch event.
    public byte[] one(JsonNode object, Options options, Instant now) {
        return one(Json.MAPPER.writeValueAsBytes(object), options, now);
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

    /// A Table without rows.
    private byte[] head(ListHead head, Options options) {
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
}
