package io.gantry.apiserver.table;

import io.gantry.api.Json;
import io.gantry.api.kind.Column;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The rows of one Table, written byte by byte: metadata and objects are copied from the objects as they are.
final class Rows {
    private static final byte[] CELLS = ascii("{\"cells\":[");
    private static final byte[] OBJECT = ascii("],\"object\":");
    private static final byte[] NULL = ascii("null");
    /// Of a Table without rows: after its last row.
    private static final byte[] END = ascii("]}");

    private final List<Column> columns;
    private final TableWriter.Options options;
    private final Instant now;
    private final byte[] partial;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
    private boolean first = true;

    Rows(List<Column> columns, TableWriter.Options options, Instant now) {
        this.columns = columns;
        this.options = options;
        this.now = now;
        this.partial = PartialObjects.start(options.version());
    }

    /// @param table with no rows
    void begin(byte[] table) {
        out.write(table, 0, table.length - END.length);
    }

    /// @param tree what the columns look at
    void add(JsonNode tree, byte[] object) {
        if (!first) {
            out.write(',');
        }
        first = false;
        out.writeBytes(CELLS);
        for (int i = 0; i < columns.size(); i++) {
            if (i > 0) {
                out.write(',');
            }
            cell(columns.get(i).cell().apply(tree, now));
        }
        out.writeBytes(OBJECT);
        switch (options.include()) {
            case NONE -> out.writeBytes(NULL);
            case METADATA -> PartialObjects.write(out, partial, object);
            case OBJECT -> out.writeBytes(object);
        }
        out.write('}');
    }

    byte[] end() {
        out.writeBytes(END);
        return out.toByteArray();
    }

    private void cell(@Nullable Object value) {
        if (value instanceof String text && isPlain(text)) {
            out.write('"');
            out.writeBytes(ascii(text));
            out.write('"');
        } else {
            out.writeBytes(Json.MAPPER.writeValueAsBytes(value));
        }
    }

    /// Whether it stands in JSON as it is.
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char one = text.charAt(i);
            if (one < ' ' || one > '~' || one == '"' || one == '\\') {
                return false;
            }
        }
        return true;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
