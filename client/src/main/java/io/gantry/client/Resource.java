package io.gantry.client;

import io.gantry.api.Json;
import io.gantry.api.KubernetesObject;
import io.gantry.api.StatusException;
import io.gantry.api.kind.Kind;
import io.gantry.client.http.Call;
import io.gantry.client.http.Exchange;
import io.gantry.client.http.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/// Requests for the objects of one kind. The namespace is empty for cluster-scoped kinds. Every failure is a
/// [StatusException]; methods block. Thread-safe.
public final class Resource<T extends KubernetesObject> {
    private static final String JSON = "application/json";
    private static final String METADATA = ";as=PartialObjectMetadata;g=meta.k8s.io;v=v1";
    private static final String METADATA_LIST = ";as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";

    /// Our server leaves them out then; others do not know it, and [ManagedFieldsCut] does it here.
    private static final String WITHOUT_MANAGED_FIELDS = ";managed-fields=none";

    /// Past the server's own end of a watch: then the connection is dead.
    private static final Duration WATCH_GRACE = Duration.ofSeconds(30);

    private static final byte[] NO_BODY = {};

    private final Exchange transport;
    private final Kind<T> kind;
    private final Decoder<T> decoder;

    Resource(Exchange transport, Kind<T> kind, Decoder<T> decoder) {
        this.transport = transport;
        this.kind = kind;
        this.decoder = decoder;
    }

    /// What it is about.
    public Kind<T> kind() {
        return kind;
    }

    /// The same, but objects come without managed fields: for caches.
    public Resource<T> withoutManagedFields() {
        return new Resource<>(transport, kind, Decoder.lean(kind.type()));
    }

    /// @throws StatusException 404 when there is no such object
    public T get(String namespace, String name) {
        return one("GET", path(namespace, name, ""), Map.of(), NO_BODY, "");
    }

    /// The object, or empty when there is none.
    public Optional<T> find(String namespace, String name) {
        try {
            return Optional.of(get(namespace, name));
        } catch (StatusException e) {
            if (e.isNotFound()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /// One page.
    public ObjectList<T> list(ListOptions options) {
        String target = collection(options.namespace()) + query(options.query());
        Call call = new Call(
                "GET",
                target,
                Map.of("Accept", accept(METADATA_LIST)),
                NO_BODY,
                ApiClient.REQUEST_TIMEOUT,
                Call.Shape.STREAMED);
        Reply reply = transport.send(call);
        try (InputStream body =
                reply instanceof Reply.Streamed streamed ? streamed.stream() : InputStream.nullInputStream()) {
            return decoder.list(body);
        } catch (IOException e) {
            throw StatusException.unavailable("list " + kind.plural() + ": " + e.getMessage());
        }
    }

    /// Creates in the namespace of the object's metadata; returns what the server made of it.
    public T create(T object) {
        return one("POST", collection(ObjectKey.of(object).namespace()), Map.of(), encode(object), JSON);
    }

    /// Replaces; fails with a conflict when the object's resourceVersion is not the current one.
    public T update(T object) {
        return updateSubresource("", object);
    }

    /// Replaces the status alone.
    public T updateStatus(T object) {
        return updateSubresource("status", object);
    }

    /// As [#updateStatus], for whom the server's answer is of no use: only metadata is sent, and not decoded.
    public void putStatus(T object) {
        ObjectKey key = ObjectKey.of(object);
        String path = path(key.namespace(), key.name(), "status");
        String type = JSON + WITHOUT_MANAGED_FIELDS;
        Map<String, String> headers = Map.of("Accept", type + METADATA + "," + type, "Content-Type", JSON);
        transport.send(new Call("PUT", path, headers, encode(object), ApiClient.REQUEST_TIMEOUT, Call.Shape.WHOLE));
    }

    /// Replaces through a subresource that takes the object itself, e.g. `approval`, `finalize`.
    public T updateSubresource(String subresource, T object) {
        ObjectKey key = ObjectKey.of(object);
        return one("PUT", path(key.namespace(), key.name(), subresource), Map.of(), encode(object), JSON);
    }

    /// Changes an object where it is, and returns it as it is then; a server-side apply also makes it.
    ///
    /// @throws StatusException 404 when there is no such object, 409 when the patch names another revision or
    ///     another manager owns a field of an apply that does not force, 422 when the result is not valid
    public T patch(String namespace, String name, Patch patch) {
        Map<String, String> query = new LinkedHashMap<>();
        if (!patch.fieldManager().isEmpty()) {
            query.put("fieldManager", patch.fieldManager());
        }
        if (patch.force()) {
            query.put("force", "true");
        }
        return one("PATCH", path(namespace, name, patch.subresource()), query, patch.body(), patch.contentType());
    }

    /// Asks for the deletion; the object may live on until its grace period and finalizers are done.
    public void delete(String namespace, String name, Deletion deletion) {
        whole("DELETE", path(namespace, name, ""), Map.of(), Json.MAPPER.writeValueAsBytes(deletion.toOptions()), JSON);
    }

    /// Deletes every object that the options select.
    public void deleteCollection(ListOptions options, Deletion deletion) {
        whole(
                "DELETE",
                collection(options.namespace()),
                options.query(),
                Json.MAPPER.writeValueAsBytes(deletion.toOptions()),
                JSON);
    }

    /// Opens a watch; returns when the server has accepted it.
    ///
    /// @throws StatusException 410 when the revision is too old: list again
    public Watch<T> watch(WatchOptions options) {
        String target = collection(options.namespace()) + query(options.query());
        Call call = new Call(
                "GET",
                target,
                Map.of("Accept", accept(METADATA)),
                NO_BODY,
                ApiClient.REQUEST_TIMEOUT,
                Call.Shape.LINES);
        if (!(transport.send(call) instanceof Reply.Lines lines)) {
            throw StatusException.internal("watch answered without a body");
        }
        return new Watch<>(lines.lines(), decoder, options.timeout().plus(WATCH_GRACE));
    }

    /// Posts to a subresource: `binding`, `eviction`, `token`.
    ///
    /// @param answer the type of the answer
    public <R> R post(String namespace, String name, String subresource, Object body, Class<R> answer) {
        byte[] bytes =
                whole("POST", path(namespace, name, subresource), Map.of(), Json.MAPPER.writeValueAsBytes(body), JSON);
        return Json.MAPPER.readValue(bytes, answer);
    }

    /// Reads a subresource of another type, e.g. `scale`.
    public <R> R get(String namespace, String name, String subresource, Class<R> answer) {
        return Json.MAPPER.readValue(whole("GET", path(namespace, name, subresource), Map.of(), NO_BODY, ""), answer);
    }

    /// Replaces a subresource of another type, e.g. `scale`.
    public <R> R put(String namespace, String name, String subresource, R body, Class<R> answer) {
        byte[] bytes =
                whole("PUT", path(namespace, name, subresource), Map.of(), Json.MAPPER.writeValueAsBytes(body), JSON);
        return Json.MAPPER.readValue(bytes, answer);
    }

    private T one(String method, String path, Map<String, String> query, byte[] body, String contentType) {
        return decoder.object(whole(method, path, query, body, contentType));
    }

    private byte[] whole(String method, String path, Map<String, String> query, byte[] body, String contentType) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Accept", accept(METADATA));
        if (!contentType.isEmpty()) {
            headers.put("Content-Type", contentType);
        }
        Call call = new Call(method, path + query(query), headers, body, ApiClient.REQUEST_TIMEOUT, Call.Shape.WHOLE);
        return transport.send(call) instanceof Reply.Whole whole ? whole.bytes() : NO_BODY;
    }

    /// Objects go with their kind and version, whatever the record holds.
    private byte[] encode(T object) {
        byte[] bytes = Json.MAPPER.writeValueAsBytes(object);
        if (object.kind() != null && object.apiVersion() != null) {
            return bytes;
        }
        if (object.kind() == null && object.apiVersion() == null) {
            return withKind(bytes);
        }
        ObjectNode tree = Json.MAPPER.valueToTree(object);
        tree.put("apiVersion", kind.apiVersion());
        tree.put("kind", kind.name());
        return Json.MAPPER.writeValueAsBytes(tree);
    }

    /// The JSON of an object that has neither, with both put before its first field (there is one: its metadata).
    private byte[] withKind(byte[] bytes) {
        byte[] start = ("{\"apiVersion\":\"" + kind.apiVersion() + "\",\"kind\":\"" + kind.name() + "\",")
                .getBytes(StandardCharsets.UTF_8);
        byte[] whole = Arrays.copyOf(start, start.length + bytes.length - 1);
        System.arraycopy(bytes, 1, whole, start.length, bytes.length - 1);
        return whole;
    }

    private String accept(String metadata) {
        String type = decoder.isLean() ? JSON + WITHOUT_MANAGED_FIELDS : JSON;
        return kind.type() == PartialObjectMetadata.class ? type + metadata + "," + type : type;
    }

    private String collection(String namespace) {
        String scope = kind.namespaced() && !namespace.isEmpty() ? "/namespaces/" + segment(namespace) : "";
        return kind.basePath() + scope + "/" + kind.plural();
    }

    private String path(String namespace, String name, String subresource) {
        if (name.isEmpty()) {
            throw StatusException.badRequest("resource name may not be empty");
        }
        String tail = subresource.isEmpty() ? "" : "/" + subresource;
        return collection(namespace) + "/" + segment(name) + tail;
    }

    private static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String query(Map<String, String> parameters) {
        if (parameters.isEmpty()) {
            return "";
        }
        return parameters.entrySet().stream()
                .map(p -> p.getKey() + "=" + URLEncoder.encode(p.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", "?", ""));
    }
}
