package io.gantry.apiserver.proxy;

import io.gantry.api.StatusException;
import io.gantry.apiserver.http.Headers;
import io.gantry.apiserver.http.Request;
import io.gantry.apiserver.http.RequestHead;
import io.gantry.apiserver.http.Response;
import io.gantry.apiserver.http.WebSocketHandshake;

/// Answers the subresources that lead out of the API server. Thread-safe; every method blocks until the backend has
/// answered, so it is called on a virtual thread, after authorization.
public final class SubresourceProxy implements AutoCloseable {
    /// `/api/v1/nodes/NAME/proxy`
    private static final int NODE_SEGMENTS = 5;

    /// `/api/v1/namespaces/NAMESPACE/pods/NAME/proxy`
    private static final int NAMESPACED_SEGMENTS = 7;

    private final PodTargets pods;
    private final ProxyTargets proxies;
    private final PlainForwarder plain;
    private final UpgradeForwarder upgrades;

    /// @param objects where pods, nodes and services are looked up
    /// @param kubelets TLS with the API server's client certificate and the kubelets' authority
    public SubresourceProxy(ProxyObjects objects, KubeletTls kubelets) {
        this.pods = new PodTargets(objects);
        this.proxies = new ProxyTargets(objects);
        this.plain = new PlainForwarder(kubelets);
        this.upgrades = new UpgradeForwarder(kubelets);
    }

    /// Whether a subresource is answered here.
    ///
    /// @param resource the plural of the core group
    public static boolean serves(String resource, String subresource) {
        return switch (subresource) {
            case "log", "exec", "attach", "portforward" -> resource.equals("pods");
            case "proxy" -> resource.equals("pods") || resource.equals("services") || resource.equals("nodes");
            default -> false;
        };
    }

    /// Passes a request on.
    ///
    /// @param resource `pods`, `services` or `nodes`
    /// @param name as in the URL; for `proxy` with scheme and port, if any
    /// @return a streamed answer, or one that leaves HTTP
    /// @throws StatusException when the target does not exist or cannot be reached
    public Response answer(Request request, String resource, String subresource, String namespace, String name) {
        return switch (subresource) {
            case "log" ->
                pods.log(namespace, name, request.query())
                        .map(kubelet -> log(request, kubelet, name))
                        .orElseGet(() -> Response.empty(204, Headers.NONE));
            case "exec" -> upgrades.forward(request, pods.exec(namespace, name, request.query()));
            case "attach" -> upgrades.forward(request, pods.attach(namespace, name, request.query()));
            case "portforward" -> upgrades.forward(request, pods.portForward(namespace, name, request.query()));
            case "proxy" -> proxied(request, resource, namespace, name);
            default -> throw StatusException.noSuchPath();
        };
    }

    private Response log(Request request, Backend kubelet, String pod) {
        boolean webSocket = WebSocketHandshake.isAsked(request.head());
        return webSocket ? upgrades.forward(request, kubelet) : plain.read(kubelet, "pods/log " + pod);
    }

    private Response proxied(Request request, String resource, String namespace, String name) {
        RequestHead head = request.head();
        int end = proxyEnd(head.rawPath(), resource.equals("nodes") ? NODE_SEGMENTS : NAMESPACED_SEGMENTS);
        if (end == head.rawPath().length()
                && !UpgradeForwarder.wanted(request)
                && (head.method().equals("GET") || head.method().equals("HEAD"))) {
            return Response.empty(301, Headers.of("location", head.rawPath() + "/" + query(head)));
        }
        String path = head.rawPath().substring(end);
        String target = (path.isEmpty() ? "/" : path) + query(head);
        Backend backend = switch (resource) {
            case "pods" -> proxies.pod(namespace, name, target);
            case "services" -> proxies.service(namespace, name, target);
            case "nodes" -> proxies.node(name, target);
            default -> throw StatusException.noSuchPath();
        };
        return UpgradeForwarder.wanted(request)
                ? upgrades.forward(request, backend)
                : plain.forward(request, backend, head.rawPath().substring(0, end));
    }

    private static String query(RequestHead head) {
        String query = head.query().raw();
        return query.isEmpty() ? "" : "?" + query;
    }

    /// Where `…/proxy` ends in the path.
    private static int proxyEnd(String path, int segments) {
        int end = 0;
        for (int i = 0; i < segments; i++) {
            end = path.indexOf('/', end + 1);
            if (end < 0) {
                return path.length();
            }
        }
        return end;
    }

    @Override
    public void close() {
        plain.close();
    }
}
