package io.gantry.kubeproxy.rules;

import java.util.List;

/// What the ruleset depends on beside services.
///
/// @param clusterCidr addresses of all pods
/// @param nodePodCidr addresses of this node's pods, empty while unknown
/// @param serviceCidrs IPv4 ranges of Services' addresses, sorted
/// @param bridgeFiltered whether packets between pods on the node's bridge pass netfilter; where they do not, a
///     reply would bypass address translation, so the source is translated as well
public record NodeNetwork(String clusterCidr, String nodePodCidr, List<String> serviceCidrs, boolean bridgeFiltered) {
    public NodeNetwork {
        serviceCidrs = List.copyOf(serviceCidrs);
    }
}
