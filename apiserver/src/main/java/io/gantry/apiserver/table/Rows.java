package io.gantry.apiserver.table;

import io.gantry.api.kind.Column;
import io.gantry.apiserver.http.Pieces;
import io.gantry.apiserver.projection.JsonPart;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// The rows of one Table: cells are written, metadata and objects are pieces of the objects' own arrays. So a Table of
/// many objects takes the memory of its cells, and none of it in large arrays. For one thread.
final class Rows {
    private static final byte[] CELLS = ascii("{\"cells\":[");
    private static final byte[] OBJECT = ascii("],\"object\":");
    private static final byte[] NULL = ascii("null");
    /// Of a Table without rows: after its last row.
    private static final byte[] END = ascii("]}");

    private static final int CELLS_BYTES = 512;

    private final List<Column> columns;
    private final TableWriter.Options options;
    private final Instant now;
    private final byte[] partial;
    private final Pieces pieces;
    private final CellBytes out;
    private boolean first = true;

    /// @param expected how many rows
    Rows(List<Column> columns, TableWriter.Options options, Instant now, int expected) {
        this.columns = columns;
        this.options = options;
        this.now = now;
        this.partial = PartialObjects.start(options.version());
        this.pieces = new Pieces(2 * expected + 2);
        this.out = new CellBytes(pieces, (expected + 1) * CELLS_BYTES);
    }

    /// @param table with no rows
    void begin(byte[] table) {
        out.write(table, table.length - END.length);
    }

    /// @param tree what the columns look at
    void add(JsonNode tree, byte[] object) {
        if (!first) {
            out.write(',');
        }
        first = false;
        out.write(CELLS);
        for (int i = 0; i < columns.size(); i++) {
            if (i > 0) {
                out.write(',');
            }
            out.value(columns.get(i).cell().apply(tree, now));
        }
        out.write(OBJECT);
        switch (options.include()) {
            case NONE -> out.write(NULL);
            case METADATA -> metadata(JsonPart.metadata(object));
            case OBJECT -> out.piece(object, 0, object.length);
        }
        out.write('}');
    }

    private void metadata(JsonPart metadata) {
        out.write(partial);
        out.piece(metadata.json(), metadata.start(), metadata.end());
        out.write('}');
    }

    /// The whole Table; the last call.
    ByteBuf end() {
        out.write(END);
        out.flush();
        return pieces.buffer();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
