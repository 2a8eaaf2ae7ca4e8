package io.gantry.api.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// Reads objects for a cache from ordinary JSON, past the library; what is not ordinary is the library's.
public final class QuickObjects {
    private QuickObjects() {}

    /// The object between two positions; null when the library has to read it (or to say what is wrong with it).
    ///
    /// @param shared what objects of the cache share
    public static <T> @Nullable T read(byte[] json, int from, int to, RecordCodec<T> codec, SharedValues shared) {
        QuickParser parser = new QuickParser(json, from, to);
        try {
            parser.nextToken();
            T object = codec.read(parser, Reading.quick(parser, shared));
            return parser.isAtEnd() ? object : null;
        } catch (QuickParser.Unusual | JacksonException unusual) {
            return null;
        }
    }
}
