package io.gantry.client;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Empties the managed fields of an object's JSON before it is parsed. They can be half of it, and their names are
/// different for each object (`k:{"ip":"10.1.2.3"}`), which a parser that remembers names pays for dearly.
final class ManagedFieldsCut {
    /// Can only be a name: within a text the quotes would have backslashes before them.
    private static final byte[] NAME = "\"managedFields\":[".getBytes(StandardCharsets.US_ASCII);

    /// How far the name is at least when it does not end with a byte (the lower seven bits of it).
    private static final byte[] SHIFTS = shifts();

    private ManagedFieldsCut() {}

    private static byte[] shifts() {
        byte[] shifts = new byte[128];
        Arrays.fill(shifts, (byte) NAME.length);
        for (int i = 0; i < NAME.length; i++) {
            shifts[NAME[i]] = (byte) (NAME.length - 1 - i);
        }
        return shifts;
    }

    /// The same JSON with the first managed fields emptied; itself when there are none.
    static byte[] of(byte[] json) {
        int start = find(json);
        int end = start < 0 ? -1 : end(json, start);
        if (end < 0) {
            return json;
        }
        byte[] cut = new byte[json.length - (end - start)];
        System.arraycopy(json, 0, cut, 0, start);
        System.arraycopy(json, end, cut, start, json.length - end);
        return cut;
    }

    /// The position after the opening bracket; negative when there is none.
    private static int find(byte[] json) {
        int i = 0;
        while (i <= json.length - NAME.length) {
            int ahead = SHIFTS[json[i + NAME.length - 1] & 0x7f];
            if (ahead == 0 && matches(json, i)) {
                return i + NAME.length;
            }
            i += Math.max(ahead, 1);
        }
        return -1;
    }

    private static boolean matches(byte[] json, int at) {
        for (int i = 0; i < NAME.length; i++) {
            if (json[at + i] != NAME[i]) {
                return false;
            }
        }
        return true;
    }

    /// The position of the closing bracket; negative when the JSON ends before.
    private static int end(byte[] json, int start) {
        int depth = 1;
        for (int i = start; i < json.length; i++) {
            switch (json[i]) {
                case '[', '{' -> depth++;
                case ']', '}' -> {
                    if (--depth == 0) {
                        return i;
                    }
                }
                case '"' -> i = endOfText(json, i + 1);
                default -> {}
            }
        }
        return -1;
    }

    private static int endOfText(byte[] json, int start) {
        int i = start;
        while (i < json.length && json[i] != '"') {
            i += json[i] == '\\' ? 2 : 1;
        }
        return i;
    }
}
