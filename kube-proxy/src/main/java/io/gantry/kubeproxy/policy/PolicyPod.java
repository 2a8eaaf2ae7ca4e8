package io.gantry.kubeproxy.policy;

import io.gantry.api.core.v1.pod.Pod;
import io.gantry.kubeproxy.pod.PodNetwork;
import java.util.ArrayList;
import java.util.List;
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

    /// The pod, where it has an address of its own and has not ended.
    static Optional<PolicyPod> of(Pod pod, String node) {
        return PodNetwork.ownAddress(pod)
                .map(ip -> new PolicyPod(
                        Objects.requireNonNullElse(pod.metadata().namespace(), ""),
                        pod.metadata().labels(),
                        ip,
                        node.equals(pod.spec().nodeName()),
                        ports(pod)));
    }

    private static List<NamedPort> ports(Pod pod) {
        List<NamedPort> ports = new ArrayList<>();
        PodNetwork.ports(pod).forEach(port -> {
            String name = port.name();
            if (name != null) {
                ports.add(new NamedPort(name, PodNetwork.protocol(port), port.containerPort()));
            }
        });
        return List.copyOf(ports);
    }
}
