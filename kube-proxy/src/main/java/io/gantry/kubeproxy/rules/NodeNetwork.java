package io.gantry.kubeproxy.rules;

/// What the ruleset depends on beside services.
///
/// @param clusterCidr addresses of all pods
/// @param nodePodCidr addresses of this node's pods, empty while unknown
/// @param bridgeFiltered whether packets between pods on the node's bridge pass netfilter; where they do not, a
///     reply
///     would bypass address translation, so the source is translated as well
public record NodeNetwork(String clusterCidr, String nodePodCidr, boolean bridgeFiltered) {}
