package io.gantry.api.json;

import io.gantry.api.decode.KnownNames;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.Base64Variant;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.Version;
import tools.jackson.core.base.ParserMinimalBase;

/// The tokens of ordinary JSON for codecs: names are found among known ones, texts are not made before somebody asks,
/// and what was seen before can be jumped over. Gives up ([Unusual]) at anything that is not ordinary: faults, numbers
/// that are no `long`, deep nesting, escapes beyond the short ones, and whatever codecs do not need. Who gives up reads
/// again with the library. Takes nothing that the library would not take. One per document.
final class QuickParser extends ParserMinimalBase {
    static final Unusual UNUSUAL = new Unusual();

    private static final int MAX_DEPTH = 60;
    /// Longer numbers may be no `long`.
    private static final int MAX_DIGITS = 18;

    private final byte[] json;
    private final int end;
    private int at;
    private Expected expected = Expected.VALUE;

    /// Of each level whether it is an object, the innermost in the lowest bit.
    private long objects;

    private int depth;
    private String name = "";
    private int textFrom;
    private int textTo;
    private int textHash;
    private boolean plain;
    private long number;
    private char[] characters = {};

    private enum Expected {
        VALUE,
        FIRST,
        NEXT
    }

    /// Thrown where reading gives up; has no trace, for it says nothing.
    static final class Unusual extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unusual() {
            super("not ordinary JSON", null, false, false);
        }
    }

    /// The value that begins and ends between two positions.
    QuickParser(byte[] json, int from, int to) {
        super(ObjectReadContext.empty());
        this.json = json;
        this.at = from;
        this.end = to;
    }

    /// Whether nothing follows the value.
    boolean isAtEnd() {
        while (at < end && isSpace(json[at])) {
            at++;
        }
        return at == end && depth == 0;
    }

    /// Where the current token, a bracket, stands, or where a value that was read ends.
    int position() {
        return at;
    }

    byte[] bytes() {
        return json;
    }

    int end() {
        return end;
    }

    /// Goes on behind an array whose opening bracket is the current token.
    void jumpBehindArray(int position) {
        at = position;
        leave(JsonToken.END_ARRAY);
    }

    private static boolean isSpace(byte one) {
        return one == ' ' || one == '\n' || one == '\r' || one == '\t';
    }

    private byte take() {
        if (at >= end) {
            throw UNUSUAL;
        }
        return json[at++];
    }

    private byte next() {
        byte one = take();
        while (isSpace(one)) {
            one = take();
        }
        return one;
    }

    @Override
    public @Nullable JsonToken nextToken() {
        return switch (expected) {
            case VALUE -> value(next());
            case FIRST -> first(next());
            case NEXT -> depth == 0 ? nothing() : following(next());
        };
    }

    private @Nullable JsonToken nothing() {
        _currToken = null;
        return null;
    }

    private boolean inObject() {
        return (objects & 1) != 0;
    }

    private JsonToken first(byte one) {
        if (inObject()) {
            return one == '}' ? leave(JsonToken.END_OBJECT) : name(one);
        }
        return one == ']' ? leave(JsonToken.END_ARRAY) : value(one);
    }

    private JsonToken following(byte one) {
        if (one == ',') {
            return inObject() ? name(next()) : value(next());
        }
        if (one == (inObject() ? '}' : ']')) {
            return leave(inObject() ? JsonToken.END_OBJECT : JsonToken.END_ARRAY);
        }
        throw UNUSUAL;
    }

    private JsonToken name(byte quote) {
        if (quote != '"') {
            throw UNUSUAL;
        }
        scanText();
        name = plain ? KnownNames.find(json, textFrom, textTo, textHash) : unescaped();
        if (next() != ':') {
            throw UNUSUAL;
        }
        expected = Expected.VALUE;
        return token(JsonToken.PROPERTY_NAME);
    }

    private JsonToken value(byte one) {
        expected = Expected.NEXT;
        return switch (one) {
            case '{' -> enter(1, JsonToken.START_OBJECT);
            case '[' -> enter(0, JsonToken.START_ARRAY);
            case '"' -> {
                scanText();
                yield token(JsonToken.VALUE_STRING);
            }
            case 't' -> word("rue", JsonToken.VALUE_TRUE);
            case 'f' -> word("alse", JsonToken.VALUE_FALSE);
            case 'n' -> word("ull", JsonToken.VALUE_NULL);
            default -> number(one);
        };
    }

    private JsonToken token(JsonToken token) {
        _currToken = token;
        return token;
    }

    private JsonToken enter(int object, JsonToken token) {
        if (++depth > MAX_DEPTH) {
            throw UNUSUAL;
        }
        objects = objects << 1 | object;
        expected = Expected.FIRST;
        return token(token);
    }

    private JsonToken leave(JsonToken token) {
        depth--;
        objects >>>= 1;
        expected = Expected.NEXT;
        return token(token);
    }

    private JsonToken word(String rest, JsonToken token) {
        for (int i = 0; i < rest.length(); i++) {
            if (take() != rest.charAt(i)) {
                throw UNUSUAL;
            }
        }
        return token(token);
    }

    private JsonToken number(byte first) {
        boolean negative = first == '-';
        int start = negative ? at : at - 1;
        long value = 0;
        int i = start;
        while (i < end && json[i] >= '0' && json[i] <= '9') {
            value = value * 10 + (json[i++] - '0');
        }
        int digits = i - start;
        boolean ends = i < end && (json[i] == ',' || json[i] == '}' || json[i] == ']' || isSpace(json[i]));
        if (digits == 0 || digits > MAX_DIGITS || digits > 1 && json[start] == '0' || !ends) {
            throw UNUSUAL;
        }
        at = i;
        number = negative ? -value : value;
        return token(JsonToken.VALUE_NUMBER_INT);
    }

    /// Up to the closing quote; plain is what has neither escapes nor anything beyond ASCII.
    private void scanText() {
        int i = at;
        int hash = 0;
        boolean isPlain = true;
        while (true) {
            if (i >= end) {
                throw UNUSUAL;
            }
            byte one = json[i];
            if (one == '"') {
                break;
            }
            if (one < ' ' || one == '\\') {
                if (one >= 0 && one != '\\') {
                    throw UNUSUAL;
                }
                isPlain = false;
                i += one == '\\' ? 1 : 0;
            }
            hash = hash * 31 + one;
            i++;
        }
        textFrom = at;
        textTo = i;
        textHash = hash;
        plain = isPlain;
        at = i + 1;
    }

    private String unescaped() {
        String raw = new String(json, textFrom, textTo - textFrom, StandardCharsets.UTF_8);
        if (raw.indexOf('\ufffd') >= 0) {
            throw UNUSUAL;
        }
        int from = raw.indexOf('\\');
        if (from < 0) {
            return raw;
        }
        StringBuilder text = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char one = raw.charAt(i);
            text.append(one == '\\' ? escaped(raw.charAt(++i)) : one);
        }
        return text.toString();
    }

    private static char escaped(char one) {
        return switch (one) {
            case '"', '\\', '/' -> one;
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            default -> throw UNUSUAL;
        };
    }

    /// Texts that are passed over have to be right, too.
    @Override
    public QuickParser skipChildren() {
        int open = 0;
        while (true) {
            JsonToken token = _currToken;
            if (token == null) {
                throw UNUSUAL;
            }
            if (token == JsonToken.VALUE_STRING && !plain) {
                unescaped();
            }
            open += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            if (open == 0) {
                return this;
            }
            nextToken();
        }
    }

    @Override
    public @Nullable String nextName() {
        return nextToken() == JsonToken.PROPERTY_NAME ? name : null;
    }

    @Override
    public String currentName() {
        return name;
    }

    /// The text of the current token, one of those seen lately where it is equal.
    String sharedText(SharedValues shared) {
        return plain ? shared.text(json, textFrom, textTo, textHash) : shared.text(unescaped());
    }

    @Override
    public String getString() {
        return plain ? new String(json, textFrom, textTo - textFrom, StandardCharsets.ISO_8859_1) : unescaped();
    }

    @Override
    public char[] getStringCharacters() {
        int length = getStringLength();
        if (characters.length < length) {
            characters = new char[Math.max(32, length)];
        }
        for (int i = 0; i < length; i++) {
            characters[i] = (char) json[textFrom + i];
        }
        return characters;
    }

    @Override
    public int getStringLength() {
        if (!plain) {
            throw UNUSUAL;
        }
        return textTo - textFrom;
    }

    @Override
    public int getStringOffset() {
        return 0;
    }

    @Override
    public boolean hasStringCharacters() {
        return true;
    }

    @Override
    public NumberType getNumberType() {
        return number == (int) number ? NumberType.INT : NumberType.LONG;
    }

    @Override
    public int getIntValue() {
        if (number != (int) number) {
            throw UNUSUAL;
        }
        return (int) number;
    }

    @Override
    public long getLongValue() {
        return number;
    }

    @Override
    public Number getNumberValue() {
        throw UNUSUAL;
    }

    @Override
    public BigInteger getBigIntegerValue() {
        throw UNUSUAL;
    }

    @Override
    public float getFloatValue() {
        throw UNUSUAL;
    }

    @Override
    public double getDoubleValue() {
        throw UNUSUAL;
    }

    @Override
    public BigDecimal getDecimalValue() {
        throw UNUSUAL;
    }

    @Override
    public boolean isNaN() {
        return false;
    }

    @Override
    public byte[] getBinaryValue(Base64Variant variant) {
        throw UNUSUAL;
    }

    @Override
    public @Nullable Object currentValue() {
        return null;
    }

    @Override
    public void assignCurrentValue(@Nullable Object value) {
        throw UNUSUAL;
    }

    @Override
    public Version version() {
        return Version.unknownVersion();
    }

    @Override
    public TokenStreamContext streamReadContext() {
        throw UNUSUAL;
    }

    @Override
    public TokenStreamLocation currentTokenLocation() {
        return TokenStreamLocation.NA;
    }

    @Override
    public TokenStreamLocation currentLocation() {
        return TokenStreamLocation.NA;
    }

    @Override
    public @Nullable Object streamReadInputSource() {
        return null;
    }

    @Override
    protected void _closeInput() {}

    @Override
    protected void _releaseBuffers() {}

    @Override
    protected void _handleEOF() {
        throw UNUSUAL;
    }
}
