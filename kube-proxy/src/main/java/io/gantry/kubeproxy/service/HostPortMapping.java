package io.gantry.kubeproxy.service;

import io.gantry.api.core.v1.pod.Container;
import io.gantry.api.core.v1.pod.ContainerPort;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodIP;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
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
            String phase = Objects.requireNonNullElse(pod.status().phase(), "");
            String podIp = ipv4(pod);
            if (podIp.isEmpty()
                    || phase.equals("Succeeded")
                    || phase.equals("Failed")
                    || Boolean.TRUE.equals(pod.spec().hostNetwork())) {
                continue;
            }
            List<Container> containers = new ArrayList<>(pod.spec().containers());
            containers.addAll(pod.spec().initContainers());
            for (Container container : containers) {
                container.ports().forEach(port -> add(port, podIp, mappings));
            }
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
                Objects.requireNonNullElse(port.protocol(), "TCP").toLowerCase(Locale.ROOT),
                hostPort,
                podIp,
                port.containerPort()));
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
