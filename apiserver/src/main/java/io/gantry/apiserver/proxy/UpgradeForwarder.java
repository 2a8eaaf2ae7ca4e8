package io.gantry.apiserver.proxy;

import io.gantry.api.StatusException;
import io.gantry.apiserver.http.Request;
import io.gantry.apiserver.http.Response;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLContext;

/// Passes requests on that leave HTTP/1.1 (SPDY, WebSocket): the backend is asked first; when it agrees, both
/// connections
/// become one pipe of bytes, otherwise its answer is the answer. Thread-safe; blocks until the backend has answered.
public final class UpgradeForwarder {
    /// Runtimes know no half-closed stdin over WebSocket; clients that offer nothing else turn to SPDY when refused.

    private final SSLContext kubelets;

    /// @param kubelets TLS with the API server's client certificate
    public UpgradeForwarder(SSLContext kubelets) {
        this.kubelets = kubelets;
    }

    /// Whether a request asks to leave HTTP. HTTP/2 over plain text (`h2c`) is an offer that a server may leave aside.
    public static boolean wanted(Request request) {
        String connection = request.head().header("connection").orElse("");
        return connection.toLowerCase(Locale.ROOT).contains("upgrade")
                && request.head()
                        .header("upgrade")
                        .filter(protocol -> !protocol.equalsIgnoreCase("h2c"))
                        .isPresent();
    }

    /// Relays, whatever protocol is meant.
    ///
    /// @throws StatusException 400 when the request does not ask to leave HTTP, 500 when it cannot be reached
    public Response forward(Request request, Backend backend) {
        if (!wanted(request)) {
            throw StatusException.badRequest("Upgrade request required");
        }
        try {
            BackendConnection connection = BackendConnection.open(backend, kubelets);
            return forward(request, backend, connection);
        } catch (IOException e) {
            throw unreachable(backend, e);
        }
    }

    static StatusException unreachable(Backend backend, IOException cause) {
        String message = "error dialing backend: " + backend.authority() + ": " + Causes.text(cause);
        return StatusException.of(500, "InternalError", message, null);
    }

    private static Response forward(Request request, Backend backend, BackendConnection connection) throws IOException {
        boolean relayed = false;
        try {
            BackendConnection.Answer answer = connection.upgrade(request.head().method(), backend, headers(request));
            if (answer.status() == 101) {
                relayed = true;
                return new Response.Upgraded(
                        raw -> new Relay(new ClientConnection(raw), connection).start(answer.head()));
            }
            String type = answer.headers().first("content-type").orElse("text/plain");
            return Response.of(answer.status(), type, connection.body(answer));
        } finally {
            if (!relayed) {
                connection.close();
            }
        }
    }

    private static Map<String, String> headers(Request request) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Connection", "Upgrade");
        headers.put("Upgrade", request.head().header("upgrade").orElse(""));
        request.head().headers().forEach((name, value) -> {
            if (HopHeaders.requestField(name)) {
                headers.merge(name, value, (first, second) -> first + ", " + second);
            }
        });
        return headers;
    }
}
