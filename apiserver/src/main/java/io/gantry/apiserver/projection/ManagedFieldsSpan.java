package io.gantry.apiserver.projection;

import java.util.List;

/// Where `metadata.managedFields` stands in a stored object, with its name and a comma. Managed fields can
/// be half of an object, and the caches of our own components throw them away: for those the rest is sent.
/// An empty list in their place would not do: who writes that back resets them.
///
/// @param start of the bytes
/// @param end after them; the same for an object that has none
public record ManagedFieldsSpan(int start, int end) {
    private static final Names METADATA = new Names(List.of("metadata"));
    private static final int NAME_LENGTH = "\"managedFields\":".length();
    private static final Names MANAGED = new Names(List.of("managedFields"));
    /// Of an object that has none.
    public static final ManagedFieldsSpan NONE = new ManagedFieldsSpan(0, 0);

    /// @throws IllegalArgumentException when the bytes are no JSON; not every mistake is found
    public static ManagedFieldsSpan of(byte[] object) {
        JsonCursor in = new JsonCursor(object, new Texts());
        try {
            if (!find(in, METADATA) || in.peek() != '{' || !find(in, MANAGED) || in.peek() != '[') {
                return NONE;
            }
            JsonPart entries = in.part();
            return member(object, entries.start() - NAME_LENGTH, entries.end());
        } catch (IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("a stored object ends too soon", e);
        }
    }

    /// Encoders write no white space; who finds some leaves the object as it is.
    private static ManagedFieldsSpan member(byte[] object, int start, int end) {
        if (object[start] != '"') {
            return NONE;
        }
        if (object[start - 1] == ',') {
            return new ManagedFieldsSpan(start - 1, end);
        }
        return object[start - 1] == '{' ? new ManagedFieldsSpan(start, object[end] == ',' ? end + 1 : end) : NONE;
    }

    private static boolean find(JsonCursor in, Names wanted) {
        int name = in.field(true, wanted);
        while (name == Names.OTHER) {
            in.skip();
            name = in.field(false, wanted);
        }
        return name == 0;
    }

    public boolean isEmpty() {
        return start == end;
    }

    /// The object without them; itself when it has none.
    public byte[] cutFrom(byte[] object) {
        if (isEmpty()) {
            return object;
        }
        byte[] cut = new byte[object.length - (end - start)];
        System.arraycopy(object, 0, cut, 0, start);
        System.arraycopy(object, end, cut, start, object.length - end);
        return cut;
    }
}
