package io.gantry.kubeproxy.policy;

import io.gantry.api.core.v1.pod.Container;
import io.gantry.api.core.v1.pod.ContainerPort;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodIP;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// What policies know of a pod.
///
/// @param ip its IPv4 address
/// @param here whether it runs on this node
record PolicyPod(String namespace, Map<String, String> labels, String ip, boolean here, List<NamedPort> ports) {
    /// @param protocol `tcp`, `udp` or `sctp`
    record NamedPort(String name, String protocol, int port) {}

    /// The pod, where it has an address of its own and has not ended: a pod in the node's network is the node.
    static Optional<PolicyPod> of(Pod pod, String node) {
        String phase = Objects.requireNonNullElse(pod.status().phase(), "");
        String ip = ipv4(pod);
        if (ip.isEmpty()
                || phase.equals("Succeeded")
                || phase.equals("Failed")
                || Boolean.TRUE.equals(pod.spec().hostNetwork())) {
            return Optional.empty();
        }
        return Optional.of(new PolicyPod(
                Objects.requireNonNullElse(pod.metadata().namespace(), ""),
                pod.metadata().labels(),
                ip,
                node.equals(pod.spec().nodeName()),
                ports(pod)));
    }

    private static List<NamedPort> ports(Pod pod) {
        List<Container> containers = new ArrayList<>(pod.spec().containers());
        containers.addAll(pod.spec().initContainers());
        List<NamedPort> ports = new ArrayList<>();
        for (Container container : containers) {
            for (ContainerPort port : container.ports()) {
                String name = port.name();
                if (name != null) {
                    String protocol = Objects.requireNonNullElse(port.protocol(), "TCP");
                    ports.add(new NamedPort(name, protocol.toLowerCase(Locale.ROOT), port.containerPort()));
                }
            }
        }
        return List.copyOf(ports);
    }

    private static String ipv4(Pod pod) {
        for (PodIP ip : pod.status().podIPs()) {
            if (!ip.ip().contains(":")) {
                return ip.ip();
            }
        }
        String only = pod.status().podIP();
        return only == null || only.contains(":") ? "" : only;
    }
}
