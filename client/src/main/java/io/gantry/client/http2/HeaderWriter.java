package io.gantry.client.http2;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Writes header blocks (RFC 7541), in the order in which they are sent.
final class HeaderWriter {
    private final HeaderTable table = new HeaderTable();
    private final ByteArrayOutputStream block = new ByteArrayOutputStream(256);
    private boolean tellLimit;

    /// What the other end is ready to remember.
    void limit(long bytes) {
        int limit = (int) Math.min(bytes, HeaderTable.DEFAULT_BYTES);
        if (limit != table.limit()) {
            table.setLimit(limit);
            tellLimit = true;
        }
    }

    void begin() {
        block.reset();
        if (tellLimit) {
            integer(0x20, 5, table.limit());
            tellLimit = false;
        }
    }

    /// A field that will come again.
    void field(String name, String value) {
        int known = table.find(name, value);
        if (known > 0) {
            integer(0x80, 7, known);
            return;
        }
        named(0x40, 6, name);
        text(value);
        table.add(new HeaderTable.Field(name, value));
    }

    /// A field that hardly comes again.
    void passing(String name, String value) {
        named(0, 4, name);
        text(value);
    }

    byte[] end() {
        return block.toByteArray();
    }

    private void named(int mark, int bits, String name) {
        int index = HeaderTable.findName(name);
        integer(mark, bits, index);
        if (index == 0) {
            text(name);
        }
    }

    private void text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        integer(0, 7, bytes.length);
        block.writeBytes(bytes);
    }

    private void integer(int mark, int bits, int value) {
        int mask = (1 << bits) - 1;
        if (value < mask) {
            block.write(mark | value);
            return;
        }
        block.write(mark | mask);
        int rest = value - mask;
        while (rest >= 0x80) {
            block.write(rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        block.write(rest);
    }
}
