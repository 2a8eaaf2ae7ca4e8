package io.gantry.dashboard;

import io.gantry.api.StatusException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The lines before the body of an HTTP/1.1 message.
final class Head {
    private static final String END = "\r\n\r\n";

    private Head() {}

    /// Reads up to the empty line, which is not returned.
    ///
    /// @return empty when the stream ends before
    /// @throws StatusException when it is longer than `limit` bytes
    static Optional<String> read(InputStream in, int limit) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        int matched = 0;
        while (matched < END.length()) {
            int next = in.read();
            if (next < 0) {
                return Optional.empty();
            }
            if (bytes.size() >= limit) {
                throw StatusException.of(431, "BadRequest", "the request's head is too long", null);
            }
            bytes.write(next);
            matched = next == END.charAt(matched) ? matched + 1 : next == '\r' ? 1 : 0;
        }
        String text = bytes.toString(StandardCharsets.ISO_8859_1);
        return Optional.of(text.substring(0, text.length() - END.length()));
    }

    /// The fields after the first line, by names in small letters.
    ///
    /// @throws StatusException when a line is no field, or a name comes twice
    static Map<String, String> fields(String[] lines) {
        Map<String, String> fields = new HashMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon < 1 || !lines[i].substring(0, colon).matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")) {
                throw StatusException.badRequest("not a header field");
            }
            if (!lines[i].matches("[\\t\\x20-\\x7e\\x80-\\xff]*")) {
                throw StatusException.badRequest("a control character in a header field");
            }
            String name = lines[i].substring(0, colon).toLowerCase(Locale.ROOT);
            if (fields.put(name, lines[i].substring(colon + 1).strip()) != null) {
                throw StatusException.badRequest("header " + name + " came twice");
            }
        }
        return fields;
    }
}
