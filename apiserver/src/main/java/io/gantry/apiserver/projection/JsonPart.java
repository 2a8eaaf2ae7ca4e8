package io.gantry.apiserver.projection;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A value inside a stored object, as it stands there: to be copied, not read.
///
/// @param json nobody changes it
/// @param start of the value
/// @param end after the value
@SuppressWarnings("ArrayRecordComponent")
public record JsonPart(byte[] json, int start, int end) {
    private static final Names METADATA = new Names(List.of("metadata"));
    private static final Texts NONE = new Texts();
    private static final byte[] EMPTY = "{}".getBytes(StandardCharsets.US_ASCII);

    /// The object `metadata` of an object; an empty one when there is none.
    ///
    /// @throws IllegalArgumentException when the bytes are no JSON; not every mistake is found
    public static JsonPart metadata(byte[] object) {
        JsonCursor in = new JsonCursor(object, NONE);
        try {
            int name = in.field(true, METADATA);
            while (name == Names.OTHER) {
                in.skip();
                name = in.field(false, METADATA);
            }
            return name == 0 && in.peek() == '{' ? in.part() : new JsonPart(EMPTY, 0, EMPTY.length);
        } catch (IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("a stored object ends too soon", e);
        }
    }

    /// Copies it.
    public void writeTo(ByteArrayOutputStream out) {
        out.write(json, start, end - start);
    }
}
