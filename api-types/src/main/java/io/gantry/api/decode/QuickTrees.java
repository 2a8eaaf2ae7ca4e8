package io.gantry.api.decode;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/// Reads ordinary JSON into a tree, and gives up at anything that is not ordinary: faults, a field that comes twice,
/// numbers that are no `long`, deep nesting. Who gives up reads again with the library, which says what is wrong. Takes
/// nothing that the library would not take. Managers' fields stay text ([UnreadObject]). One per document.
final class QuickTrees {
    private static final int MAX_DEPTH = 64;
    /// Longer numbers may be no `long`.
    private static final int MAX_DIGITS = 18;

    private static final String UNREAD = "fieldsV1";
    private static final Unusual UNUSUAL = new Unusual();

    private final byte[] json;
    private int at;
    private int depth;

    /// Thrown where reading gives up; has no trace, for it says nothing.
    private static final class Unusual extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unusual() {
            super("not ordinary JSON", null, false, false);
        }
    }

    private QuickTrees(byte[] json) {
        this.json = json;
    }

    /// The tree; empty when the document is not ordinary.
    static Optional<JsonNode> read(byte[] json) {
        QuickTrees reader = new QuickTrees(json);
        try {
            JsonNode tree = reader.value();
            return reader.isAtEnd() ? Optional.of(tree) : Optional.empty();
        } catch (Unusual | ArrayIndexOutOfBoundsException unusual) {
            return Optional.empty();
        }
    }

    private boolean isAtEnd() {
        while (at < json.length) {
            if (!isSpace(json[at])) {
                return false;
            }
            at++;
        }
        return true;
    }

    private static boolean isSpace(byte one) {
        return one == ' ' || one == '\n' || one == '\r' || one == '\t';
    }

    private byte next() {
        byte one = json[at++];
        while (isSpace(one)) {
            one = json[at++];
        }
        return one;
    }

    private JsonNode value() {
        byte first = next();
        return switch (first) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> StringNode.valueOf(text());
            case 't' -> word("rue", BooleanNode.TRUE);
            case 'f' -> word("alse", BooleanNode.FALSE);
            case 'n' -> word("ull", NullNode.getInstance());
            default -> number(first);
        };
    }

    private JsonNode word(String rest, JsonNode node) {
        for (int i = 0; i < rest.length(); i++) {
            if (json[at++] != rest.charAt(i)) {
                throw UNUSUAL;
            }
        }
        return node;
    }

    private JsonNode number(byte first) {
        boolean negative = first == '-';
        int start = negative ? at : at - 1;
        long value = 0;
        int i = start;
        while (i < json.length && json[i] >= '0' && json[i] <= '9') {
            value = value * 10 + (json[i++] - '0');
        }
        int digits = i - start;
        boolean ends = i < json.length && (json[i] == ',' || json[i] == '}' || json[i] == ']' || isSpace(json[i]));
        if (digits == 0 || digits > MAX_DIGITS || digits > 1 && json[start] == '0' || !ends) {
            throw UNUSUAL;
        }
        at = i;
        long signed = negative ? -value : value;
        return signed == (int) signed ? IntNode.valueOf((int) signed) : LongNode.valueOf(signed);
    }

    private ObjectNode object() {
        enter();
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        byte one = next();
        while (one != '}') {
            if (one != '"') {
                throw UNUSUAL;
            }
            String name = name();
            if (next() != ':') {
                throw UNUSUAL;
            }
            if (object.replace(name, name.equals(UNREAD) ? unread() : value()) != null) {
                throw UNUSUAL;
            }
            one = next();
            if (one == ',') {
                one = next();
                if (one == '}') {
                    throw UNUSUAL;
                }
            } else if (one != '}') {
                throw UNUSUAL;
            }
        }
        depth--;
        return object;
    }

    private ArrayNode array() {
        enter();
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        if (next() == ']') {
            depth--;
            return array;
        }
        at--;
        while (true) {
            array.add(value());
            byte one = next();
            if (one == ']') {
                depth--;
                return array;
            }
            if (one != ',') {
                throw UNUSUAL;
            }
        }
    }

    private void enter() {
        if (++depth > MAX_DEPTH) {
            throw UNUSUAL;
        }
    }

    private String name() {
        int start = at;
        int hash = 0;
        byte one = json[at++];
        while (one != '"') {
            if (one < ' ' || one == '\\') { // also beyond ASCII
                at = start;
                return text();
            }
            hash = hash * 31 + one;
            one = json[at++];
        }
        return KnownNames.find(json, start, at - 1, hash);
    }

    private String text() {
        int start = at;
        byte one = json[at++];
        while (one != '"') {
            if (one < ' ' || one == '\\') {
                at = start;
                return unusualText();
            }
            one = json[at++];
        }
        return new String(json, start, at - 1 - start, StandardCharsets.ISO_8859_1);
    }

    /// A text with escapes or beyond ASCII.
    private String unusualText() {
        int start = at;
        boolean escaped = false;
        int end = at;
        while (json[end] != '"') {
            if (json[end] >= 0 && json[end] < ' ') {
                throw UNUSUAL;
            }
            if (json[end] == '\\') {
                escaped = true;
                end++;
            }
            end++;
        }
        String raw = new String(json, start, end - start, StandardCharsets.UTF_8);
        if (raw.indexOf('\ufffd') >= 0) {
            throw UNUSUAL;
        }
        at = end + 1;
        return escaped ? unescaped(raw) : raw;
    }

    private static String unescaped(String raw) {
        StringBuilder text = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char one = raw.charAt(i);
            if (one == '\\') {
                one = switch (raw.charAt(++i)) {
                    case '"' -> '"';
                    case '\\' -> '\\';
                    case '/' -> '/';
                    case 'n' -> '\n';
                    case 't' -> '\t';
                    case 'r' -> '\r';
                    case 'b' -> '\b';
                    case 'f' -> '\f';
                    default -> throw UNUSUAL;
                };
            }
            text.append(one);
        }
        return text.toString();
    }

    /// An object of objects as text, when it is written as we write it; else like any other value.
    private JsonNode unread() {
        int start = at;
        if (json[at] == '{' && json[at + 1] != '}' && passOver(0)) {
            return UnreadObject.of(new String(json, start, at - start, StandardCharsets.ISO_8859_1));
        }
        at = start;
        return value();
    }

    /// Passes over `{"name":{…},…}` without spaces.
    private boolean passOver(int level) {
        if (json[at++] != '{' || level + depth > MAX_DEPTH) {
            return false;
        }
        if (json[at] == '}') {
            at++;
            return true;
        }
        while (true) {
            if (json[at++] != '"' || !passOverText() || json[at++] != ':' || !passOver(level + 1)) {
                return false;
            }
            byte one = json[at++];
            if (one == '}') {
                return true;
            }
            if (one != ',') {
                return false;
            }
        }
    }

    private boolean passOverText() {
        while (true) {
            byte one = json[at++];
            if (one == '"') {
                return true;
            }
            if (one == '\\') {
                one = json[at++];
                if (one != '"' && one != '\\') {
                    return false;
                }
            } else if (one < ' ') {
                return false;
            }
        }
    }
}
