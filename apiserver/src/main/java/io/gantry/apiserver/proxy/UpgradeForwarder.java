package io.gantry.apiserver.proxy;

import io.gantry.api.StatusException;
import io.gantry.apiserver.http.Headers;
import io.gantry.apiserver.http.Request;
import io.gantry.apiserver.http.Response;
import io.gantry.apiserver.outgoing.Deadline;
import io.gantry.apiserver.outgoing.OutgoingAnswer;
import io.gantry.apiserver.outgoing.OutgoingHttp;
import io.gantry.apiserver.outgoing.OutgoingRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// Passes requests on that leave HTTP/1.1 (SPDY, WebSocket): the backend is asked first; when it agrees,
/// both connections become one pipe of bytes, otherwise its answer is the answer. Thread-safe; blocks until
/// the backend has answered.
public final class UpgradeForwarder {
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final int BODY_BYTES = 1024 * 1024;

    private final KubeletTls kubelets;
    private final OutgoingHttp http = new OutgoingHttp();

    /// @param kubelets TLS with the API server's client certificate
    public UpgradeForwarder(KubeletTls kubelets) {
        this.kubelets = kubelets;
    }

    /// Whether a request asks to leave HTTP. HTTP/2 over plain text (`h2c`) is an offer that a server may
    /// leave aside.
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
        return forward(request, Route.of(backend, kubelets));
    }

    /// As [#forward(Request, Backend)], to wherever a route leads.
    public Response forward(Request request, Route route) {
        if (!wanted(request)) {
            throw StatusException.badRequest("Upgrade request required");
        }
        OutgoingRequest outgoing =
                new OutgoingRequest(request.head().method(), route.target(), headers(request, route), new byte[0]);
        try {
            Deadline deadline = Deadline.in(ANSWER);
            return relayed(http.send(route.to(), outgoing, deadline, deadline));
        } catch (IOException e) {
            throw StatusException.of(
                    500,
                    "InternalError",
                    "error dialing backend: " + route.to().address() + ": " + Causes.text(e),
                    null);
        }
    }

    private static Response relayed(OutgoingAnswer answer) throws IOException {
        if (answer.status() == 101) {
            return new Response.Upgraded(
                    raw -> new Relay(new ClientConnection(raw), answer.connection()).start(answer.head()));
        }
        try (answer) {
            String type = answer.headers().first("content-type").orElse("text/plain");
            return Response.of(answer.status(), type, answer.bytes(BODY_BYTES));
        }
    }

    /// Fields that came several times are joined, as runtimes read one only.
    private static Headers headers(Request request, Route route) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("connection", "Upgrade");
        fields.put("upgrade", request.head().header("upgrade").orElse(""));
        Headers.Builder headers = new Headers.Builder();
        Route own = new Route(route.to(), route.target(), Headers.NONE, route.passed());
        own.headers(request).forEach((name, value) -> fields.merge(name, value, (a, b) -> a + ", " + b));
        fields.forEach(headers::add);
        route.added().forEach(headers::add);
        return headers.build();
    }
}
