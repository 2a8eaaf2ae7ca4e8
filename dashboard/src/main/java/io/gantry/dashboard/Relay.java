package io.gantry.dashboard;

import io.gantry.api.StatusException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Passes requests for the API on, and the answers back as they come. Of a request's headers only those
/// pass that say what the content is: neither a cookie nor an identity that the page may claim. Blocks for
/// as long as an answer lasts.
final class Relay {
    private static final Set<String> TO_SERVER = Set.of("accept", "content-type", "accept-encoding");
    private static final Set<String> TO_BROWSER = Set.of("Warning", "Retry-After", "Content-Encoding");
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");

    private final Upstream upstream;

    Relay(Upstream upstream) {
        this.upstream = upstream;
    }

    /// Answers with what the API server answers.
    ///
    /// @throws StatusException when it is not to be asked, or gives no answer
    void pass(Request request, OutputStream out) throws IOException, InterruptedException {
        if (!METHODS.contains(request.method())) {
            throw StatusException.methodNotAllowed("the method " + request.method() + " is not passed on");
        }
        HttpResponse<InputStream> response =
                send(request.method(), request.path(), request.target(), headers(request), request.body());
        Answer answer = Answer.data(response.statusCode(), type(response));
        for (String name : TO_BROWSER) {
            response.headers().firstValue(name).ifPresent(value -> answer.with(name, value));
        }
        try (InputStream body = response.body()) {
            if (request.method().equals("HEAD") || response.statusCode() == 204 || response.statusCode() == 304) {
                answer.write(out, new byte[0], true);
            } else {
                answer.stream(out, body);
            }
        }
    }

    /// Asks the API server.
    ///
    /// @throws StatusException when the path is none of the API, or there is no answer
    HttpResponse<InputStream> send(String method, String path, String target, Map<String, String> headers, byte[] body)
            throws InterruptedException {
        checkPath(path);
        try {
            return upstream.send(method, target, headers, body);
        } catch (IllegalArgumentException e) {
            throw StatusException.badRequest("not an address: " + e.getMessage());
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    static void checkPath(String path) {
        if (!ApiPath.passes(path)) {
            throw StatusException.of(403, "Forbidden", "the dashboard passes on paths of the API only", null);
        }
    }

    static StatusException unreachable(IOException e) {
        String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return StatusException.of(502, "ServiceUnavailable", "the API server does not answer: " + why, null);
    }

    private static Map<String, String> headers(Request request) {
        Map<String, String> passed = new HashMap<>(request.headers());
        passed.keySet().retainAll(TO_SERVER);
        return passed;
    }

    /// Only what a browser takes for data.
    private static String type(HttpResponse<?> response) {
        String type = response.headers().firstValue("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        return type.startsWith("application/json") || type.startsWith("text/plain") ? type : "application/octet-stream";
    }

    /// The first bytes of a body as text.
    static String text(InputStream body, int limit) throws IOException {
        return new String(body.readNBytes(limit), StandardCharsets.UTF_8);
    }
}
