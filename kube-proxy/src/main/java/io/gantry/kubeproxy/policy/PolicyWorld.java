package io.gantry.kubeproxy.policy;

import io.gantry.api.core.v1.namespace.Namespace;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.discovery.v1.endpointslice.EndpointSlice;
import io.gantry.api.networking.v1.networkpolicy.NetworkPolicy;
import java.util.List;

/// Everything that policies depend on.
///
/// @param pods of all nodes
/// @param dns the slices of the cluster's DNS service, which no pod serves
/// @param dnsIp the address of that service
/// @param node the name of this node
public record PolicyWorld(
        List<NetworkPolicy> policies,
        List<Pod> pods,
        List<Namespace> namespaces,
        List<EndpointSlice> dns,
        String dnsIp,
        String node) {}
