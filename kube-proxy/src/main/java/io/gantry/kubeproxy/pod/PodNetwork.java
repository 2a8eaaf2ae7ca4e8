package io.gantry.kubeproxy.pod;

import io.gantry.api.core.v1.pod.ContainerPort;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodIP;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// A pod as the network has it. Pure.
public final class PodNetwork {
    private PodNetwork() {}

    /// The IPv4 address that is the pod's own; empty where it has none yet, and where it has ended: a pod in the node's
    /// network is the node.
    public static Optional<String> ownAddress(Pod pod) {
        String phase = Objects.requireNonNullElse(pod.status().phase(), "");
        if (phase.equals("Succeeded")
                || phase.equals("Failed")
                || Boolean.TRUE.equals(pod.spec().hostNetwork())) {
            return Optional.empty();
        }
        String only = Objects.requireNonNullElse(pod.status().podIP(), "");
        return Stream.concat(pod.status().podIPs().stream().map(PodIP::ip), Stream.of(only))
                .filter(ip -> !ip.isEmpty() && !ip.contains(":"))
                .findFirst();
    }

    /// The ports that its containers declare, of those that run to the end before the others too.
    public static Stream<ContainerPort> ports(Pod pod) {
        return Stream.concat(pod.spec().containers().stream(), pod.spec().initContainers().stream())
                .flatMap(container -> container.ports().stream());
    }

    /// A port's protocol as nftables writes it: `tcp`, `udp` or `sctp`.
    public static String protocol(ContainerPort port) {
        return Objects.requireNonNullElse(port.protocol(), "TCP").toLowerCase(Locale.ROOT);
    }
}
