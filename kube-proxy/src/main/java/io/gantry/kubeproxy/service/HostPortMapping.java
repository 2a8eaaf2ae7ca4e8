package io.gantry.kubeproxy.service;

import io.gantry.api.core.v1.pod.ContainerPort;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.kubeproxy.pod.PodNetwork;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/// A `hostPort` of a pod on this node.
///
/// @param hostIp the address of the node, empty for all
/// @param protocol `tcp`, `udp` or `sctp`
public record HostPortMapping(String hostIp, String protocol, int hostPort, String podIp, int containerPort) {
    /// The host ports of pods that have an address of their own and have not ended, in a stable order.
    public static List<HostPortMapping> of(List<Pod> pods) {
        List<HostPortMapping> mappings = new ArrayList<>();
        for (Pod pod : pods) {
            PodNetwork.ownAddress(pod).ifPresent(ip -> PodNetwork.ports(pod).forEach(port -> add(port, ip, mappings)));
        }
        mappings.sort(Comparator.comparing(HostPortMapping::toString));
        return mappings;
    }

    private static void add(ContainerPort port, String podIp, List<HostPortMapping> mappings) {
        Integer hostPort = port.hostPort();
        if (hostPort == null || hostPort == 0) {
            return;
        }
        String hostIp = Objects.requireNonNullElse(port.hostIP(), "");
        if (hostIp.contains(":")) {
            return;
        }
        mappings.add(new HostPortMapping(
                hostIp.equals("0.0.0.0") ? "" : hostIp,
                PodNetwork.protocol(port),
                hostPort,
                podIp,
                port.containerPort()));
    }
}
