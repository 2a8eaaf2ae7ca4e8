package io.gantry.dashboard;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// The head and body of an answer on their way to the browser, with what keeps a page harmless. One answer a
/// connection.
final class Answer {
    /// The page runs its own scripts and styles from this server, and asks nobody else.
    static final String PAGE_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
            + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// What comes from the cluster is data, whoever opens it.
    static final String DATA_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox";

    private static final int BUFFER_BYTES = 16 * 1024;

    private final int status;
    private final Map<String, String> headers = new LinkedHashMap<>();

    private Answer(int status, String type, String policy) {
        this.status = status;
        headers.put("Content-Type", type);
        headers.put("Content-Security-Policy", policy);
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("X-Frame-Options", "DENY");
        headers.put("Referrer-Policy", "no-referrer");
        headers.put("Cross-Origin-Opener-Policy", "same-origin");
        headers.put("Cross-Origin-Resource-Policy", "same-origin");
        headers.put("Cache-Control", "no-store");
        headers.put("Connection", "close");
    }

    static Answer page(int status, String type) {
        return new Answer(status, type, PAGE_POLICY);
    }

    static Answer data(int status, String type) {
        return new Answer(status, type, DATA_POLICY);
    }

    /// A failure, as the API server would tell it.
    static void failure(OutputStream out, StatusException failure) throws IOException {
        data(failure.code(), "application/json").write(out, Json.MAPPER.writeValueAsBytes(failure.status()), false);
    }

    Answer with(String name, String value) {
        headers.put(name, value.replaceAll("[\\r\\n]", " "));
        return this;
    }

    /// Sends all of it.
    void write(OutputStream out, byte[] body, boolean headOnly) throws IOException {
        with("Content-Length", Integer.toString(body.length));
        out.write(head());
        if (!headOnly) {
            out.write(body);
        }
        out.flush();
    }

    /// Sends a body as it comes; a browser sees one that is cut short as a failure.
    void stream(OutputStream out, InputStream body) throws IOException {
        with("Transfer-Encoding", "chunked");
        out.write(head());
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
            if (n > 0) {
                out.write((Integer.toHexString(n) + "\r\n").getBytes(StandardCharsets.US_ASCII));
                out.write(buffer, 0, n);
                out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
                out.flush();
            }
        }
        out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private byte[] head() {
        StringBuilder text = new StringBuilder("HTTP/1.1 " + status + " \r\n");
        headers.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
        return text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
