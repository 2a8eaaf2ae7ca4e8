package io.gantry.api.managedfields;

import io.gantry.api.Json;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// Field sets as `fieldsV1` text. What one manager owns is the same in many objects, so the sets of texts that were
/// read lately are remembered; bounded, a text takes the place of another. Thread-safe.
final class FieldSetText {
    private static final int SLOTS = 128;
    private static final int MAX_LENGTH = 4096;
    private static final AtomicReferenceArray<@Nullable Known> KNOWN = new AtomicReferenceArray<>(SLOTS);

    private record Known(String text, FieldSet set) {}

    private FieldSetText() {}

    /// The set of a text that is known to be well-formed.
    ///
    /// @throws IllegalArgumentException when it is no field set
    static FieldSet read(String text) {
        int hash = text.hashCode();
        int slot = (hash ^ hash >>> 16) & SLOTS - 1;
        Known known = KNOWN.getAcquire(slot);
        if (known != null && known.text().equals(text)) {
            return known.set();
        }
        FieldSet set = text.indexOf("\\u") < 0 ? new Reader(text).set() : FieldSet.read(Json.MAPPER.readTree(text));
        if (text.length() <= MAX_LENGTH) {
            KNOWN.setRelease(slot, new Known(text, set));
        }
        return set;
    }

    /// The text of a set; empty when it is not all ASCII.
    static String write(FieldSet set) {
        StringBuilder text = new StringBuilder(256);
        return write(set, false, text) ? text.toString() : "";
    }

    /// @param member whether the path to the set is a member itself
    private static boolean write(FieldSet set, boolean member, StringBuilder text) {
        text.append(member ? "{\".\":{}" : "{");
        int first = text.length();
        boolean[] ascii = {true};
        set.forEach((element, isMember, children) -> {
            boolean hasChildren = children != null && !children.isEmpty();
            if (!isMember && !hasChildren) {
                return;
            }
            if (member || text.length() > first) {
                text.append(',');
            }
            ascii[0] &= name(element, text);
            text.append(':');
            if (children != null && hasChildren) {
                ascii[0] &= write(children, isMember, text);
            } else {
                text.append("{}");
            }
        });
        text.append('}');
        return ascii[0];
    }

    private static boolean name(String element, StringBuilder text) {
        text.append('"');
        for (int i = 0; i < element.length(); i++) {
            char one = element.charAt(i);
            if (one < ' ' || one > '~') {
                return false;
            }
            if (one == '"' || one == '\\') {
                text.append('\\');
            }
            text.append(one);
        }
        text.append('"');
        return true;
    }

    /// Reads `{"f:a":{".":{},"f:b":{}}}` without spaces.
    private static final class Reader {
        private final String text;
        private int at;

        Reader(String text) {
            this.text = text;
        }

        FieldSet set() {
            FieldSet set = new FieldSet();
            at++; // the brace
            while (text.charAt(at) != '}') {
                if (text.charAt(at) == ',') {
                    at++;
                }
                String element = name();
                at++; // the colon
                if (element.equals(".")) {
                    set();
                    continue;
                }
                FieldSet.check(element);
                if (text.charAt(at + 1) == '}' || text.startsWith("\".\":", at + 1)) {
                    set.insert(element);
                }
                FieldSet children = set();
                set.put(element, children);
            }
            at++;
            return set;
        }

        private String name() {
            int start = ++at;
            boolean escaped = false;
            while (text.charAt(at) != '"') {
                if (text.charAt(at) == '\\') {
                    escaped = true;
                    at++;
                }
                at++;
            }
            String raw = text.substring(start, at++);
            return escaped ? unescaped(raw) : raw;
        }

        private static String unescaped(String raw) {
            StringBuilder plain = new StringBuilder(raw.length());
            for (int i = 0; i < raw.length(); i++) {
                if (raw.charAt(i) == '\\') {
                    i++;
                }
                plain.append(raw.charAt(i));
            }
            return plain.toString();
        }
    }
}
