package io.gantry.apiserver.proxy;

import io.gantry.api.StatusException;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Finds kubelets.
public final class NodeTargets {
    private static final List<String> ADDRESS_TYPES = List.of("InternalIP", "ExternalIP", "Hostname");
    private static final int DEFAULT_PORT = 10250;

    private NodeTargets() {}

    /// The kubelet of a node, at its internal address and the port that the node tells.
    ///
    /// @throws StatusException 404 without the node, 503 when it has no address yet
    static Backend kubelet(ProxyObjects objects, String name, String target) {
        return kubelet(objects.node(name).orElseThrow(() -> StatusException.notFound("", "nodes", name)), name, target);
    }

    /// The kubelet of this node.
    ///
    /// @throws StatusException 503 when it has no address yet
    public static Backend kubelet(JsonNode node, String name, String target) {
        int port = node.path("status")
                .path("daemonEndpoints")
                .path("kubeletEndpoint")
                .path("Port")
                .asInt(0);
        return new Backend(address(node, name), port == 0 ? DEFAULT_PORT : port, Backend.Security.KUBELET, target);
    }

    /// The address under which a node's kubelet is reached.
    static String address(JsonNode node, String name) {
        for (String type : ADDRESS_TYPES) {
            for (JsonNode address : node.path("status").path("addresses")) {
                if (address.path("type").asString("").equals(type)) {
                    return address.path("address").asString("");
                }
            }
        }
        throw StatusException.unavailable("node \"" + name + "\" has no address yet");
    }
}
