package io.gantry.client.http2;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/// Reads header blocks (RFC 7541), in the order in which they come.
final class HeaderReader {
    /// Is told of the fields that are of interest.
    interface Sink {
        void field(String name, String value);
    }

    private static final int MAX_SHIFT = 28;
    private static final Set<String> OF_INTEREST = Set.of(":status", "retry-after", "content-length");

    private final HeaderTable table = new HeaderTable();
    private byte[] block = {};
    private int at;
    private int end;

    /// Reads one whole block. What is wrong in it breaks the connection: later blocks cannot be understood any more.
    void read(byte[] bytes, int from, int to, Sink sink) throws IOException {
        block = bytes;
        at = from;
        end = to;
        while (at < end) {
            int first = block[at];
            if ((first & 0x80) != 0) {
                HeaderTable.Field field = table.get(integer(7));
                tell(field, sink);
            } else if ((first & 0x40) != 0) {
                String name = name(integer(6));
                HeaderTable.Field field = new HeaderTable.Field(name, text());
                table.add(field);
                tell(field, sink);
            } else if ((first & 0x20) != 0) {
                limit(integer(5));
            } else {
                passing(name(integer(4)), sink);
            }
        }
    }

    private void limit(int bytes) throws IOException {
        if (bytes > HeaderTable.DEFAULT_BYTES) {
            throw new IOException("a header table of " + bytes + " bytes was not asked for");
        }
        table.setLimit(bytes);
    }

    /// A field that is not remembered is only looked at when somebody wants it.
    private void passing(String name, Sink sink) throws IOException {
        if (OF_INTEREST.contains(name)) {
            sink.field(name, text());
            return;
        }
        need(1);
        int length = integer(7);
        need(length);
        at += length;
    }

    private static void tell(HeaderTable.Field field, Sink sink) {
        if (OF_INTEREST.contains(field.name())) {
            sink.field(field.name(), field.value());
        }
    }

    private String name(int index) throws IOException {
        return index == 0 ? text() : table.get(index).name();
    }

    private String text() throws IOException {
        need(1);
        boolean coded = (block[at] & 0x80) != 0;
        int length = integer(7);
        need(length);
        int from = at;
        at += length;
        return coded
                ? new String(Huffman.decode(block, from, at), StandardCharsets.ISO_8859_1)
                : new String(block, from, length, StandardCharsets.ISO_8859_1);
    }

    private int integer(int bits) throws IOException {
        int mask = (1 << bits) - 1;
        int value = block[at++] & mask;
        if (value < mask) {
            return value;
        }
        long sum = value;
        for (int shift = 0; ; shift += 7) {
            need(1);
            int next = block[at++];
            sum += (long) (next & 0x7f) << shift;
            if ((next & 0x80) == 0) {
                break;
            }
            if (shift >= MAX_SHIFT) {
                throw new IOException("a header has too large a number");
            }
        }
        if (sum > Integer.MAX_VALUE) {
            throw new IOException("a header has too large a number");
        }
        return (int) sum;
    }

    private void need(int bytes) throws IOException {
        if (end - at < bytes) {
            throw new IOException("a header ends too early");
        }
    }
}
