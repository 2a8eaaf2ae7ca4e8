package io.gantry.dashboard;

import io.gantry.api.StatusException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;

/// One request of a browser, HTTP/1.1, read whole. What a browser does not send (bodies of unknown length, folded or
/// repeated headers that matter) is refused.
///
/// @param path as it came, still encoded
/// @param query without the question mark, as it came; empty for none
/// @param headers by names in small letters
record Request(String method, String path, String query, Map<String, String> headers, byte[] body) {
    private static final int MAX_HEAD_BYTES = 32 * 1024;

    /// The API server takes 3 MiB.
    private static final int MAX_BODY_BYTES = 4 * 1024 * 1024;

    /// Waits for a request.
    ///
    /// @return empty when the browser went away before it had sent one
    /// @throws StatusException when it is no request, or too long
    static Optional<Request> read(InputStream in) throws IOException {
        Optional<String> head = Head.read(in, MAX_HEAD_BYTES);
        if (head.isEmpty()) {
            return Optional.empty();
        }
        String[] lines = head.get().split("\r\n", -1);
        String[] first = lines[0].split(" ", -1);
        if (first.length != 3 || !first[2].equals("HTTP/1.1") || !first[1].matches("/[!-~]*")) {
            throw StatusException.badRequest("not an HTTP/1.1 request");
        }
        Map<String, String> headers = Head.fields(lines);
        int question = first[1].indexOf('?');
        return Optional.of(new Request(
                first[0],
                question < 0 ? first[1] : first[1].substring(0, question),
                question < 0 ? "" : first[1].substring(question + 1),
                headers,
                body(in, headers)));
    }

    private static byte[] body(InputStream in, Map<String, String> headers) throws IOException {
        if (headers.containsKey("transfer-encoding")) {
            throw StatusException.badRequest("the body's length must be told");
        }
        String length = headers.getOrDefault("content-length", "0");
        if (!length.matches("\\d{1,9}")) {
            throw StatusException.badRequest("Content-Length is no number");
        }
        if (Integer.parseInt(length) > MAX_BODY_BYTES) {
            throw StatusException.tooLarge("the body is longer than " + MAX_BODY_BYTES + " bytes");
        }
        return in.readNBytes(Integer.parseInt(length));
    }

    /// A header's value, empty where it is absent.
    String header(String name) {
        return headers.getOrDefault(name, "");
    }

    /// Path and query.
    String target() {
        return query.isEmpty() ? path : path + "?" + query;
    }

    boolean isRead() {
        return method.equals("GET") || method.equals("HEAD");
    }

    boolean isWebSocket() {
        return method.equals("GET") && header("upgrade").equalsIgnoreCase("websocket");
    }
}
