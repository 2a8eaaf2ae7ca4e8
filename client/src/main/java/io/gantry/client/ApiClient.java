package io.gantry.client;

import io.gantry.api.Json;
import io.gantry.api.KubernetesObject;
import io.gantry.api.kind.Kind;
import io.gantry.client.http.Call;
import io.gantry.client.http.Exchange;
import io.gantry.client.http.Fence;
import io.gantry.client.http.Reply;
import io.gantry.client.http.Transport;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.JsonNode;

/// A connection to the API server: blocking, thread-safe, over HTTP/2 with TLS, never through a proxy. Nothing is sent
/// before the first request; an API server that is away shows as a [io.gantry.api.StatusException] with code 503.
public final class ApiClient implements AutoCloseable {
    static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(60);
    private static final String VERSION = "v1.36";

    private final Exchange transport;
    private final String component;
    private final String namespace;

    private ApiClient(Exchange transport, String component, String namespace) {
        this.transport = transport;
        this.component = component;
        this.namespace = namespace;
    }

    /// A client that calls itself `gantry`.
    public static ApiClient connect(Kubeconfig config) {
        return connect(config, "gantry");
    }

    /// @param component the name in the User-Agent, which is the field manager of this client's writes
    public static ApiClient connect(Kubeconfig config, String component) {
        return new ApiClient(new Transport(config, component + "/" + VERSION), component, config.namespace());
    }

    /// A client of whoever answers, for tests.
    public static ApiClient over(Exchange exchange, String component) {
        return new ApiClient(exchange, component, "default");
    }

    /// The same client, but one that writes only while `open` says so: for a leader that may have lost its lease.
    /// Closing it closes nothing.
    public ApiClient fenced(BooleanSupplier open) {
        return new ApiClient(new Fence(transport, open), component, namespace);
    }

    /// The name that this client gives itself.
    public String component() {
        return component;
    }

    /// The namespace of the kubeconfig's context.
    public String namespace() {
        return namespace;
    }

    /// The API server's URL.
    public String server() {
        return transport.name();
    }

    /// The objects of a kind.
    public <T extends KubernetesObject> Resource<T> resource(Kind<T> kind) {
        return new Resource<>(transport, kind, Decoder.full(kind.type()));
    }

    /// The answer of any path, e.g. `/version` or `/apis`, as a tree.
    public JsonNode raw(String path) {
        return rawAccepting(path, "application/json");
    }

    /// As [#raw], with an Accept header (aggregated discovery).
    public JsonNode rawAccepting(String path, String accept) {
        Call call = new Call("GET", path, Map.of("Accept", accept), new byte[0], REQUEST_TIMEOUT, Call.Shape.WHOLE);
        Reply reply = transport.send(call);
        return Json.MAPPER.readTree(reply instanceof Reply.Whole whole ? whole.bytes() : new byte[0]);
    }

    /// The plain text answer of a path such as `/readyz`.
    public String rawText(String path) {
        Call call = new Call("GET", path, Map.of(), new byte[0], REQUEST_TIMEOUT, Call.Shape.WHOLE);
        Reply reply = transport.send(call);
        byte[] bytes = reply instanceof Reply.Whole whole ? whole.bytes() : new byte[0];
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /// Upstream's metrics of its requests (`rest_client_…`), in Prometheus' text format.
    public String metrics() {
        return transport.metrics();
    }

    /// Ends all requests and watches.
    @Override
    public void close() {
        transport.close();
    }
}
