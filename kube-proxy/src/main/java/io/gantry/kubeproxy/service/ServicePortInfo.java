package io.gantry.kubeproxy.service;

import java.util.List;
import java.util.Set;

/// One port of a Service with where its traffic goes. Addresses are IPv4.
///
/// @param clusterIp the virtual address
/// @param port the port on clusterIp and external addresses
/// @param nodePort the port on every node, 0 for none
/// @param externalIps externalIPs and load balancer addresses
/// @param affinitySeconds how long a client stays with an endpoint, 0 without affinity
/// @param internalLocal whether traffic to clusterIp stays on the node
/// @param externalLocal whether traffic from outside stays on the node (and keeps its source address)
/// @param backends what traffic from anywhere may go to
/// @param localBackends what traffic that must stay on the node may go to
/// @param sources who may use the load balancer's addresses
/// @param serving `address:port` of every endpoint that serves, also of those that new traffic does not go to
public record ServicePortInfo(
        ServicePortName name,
        String clusterIp,
        int port,
        int nodePort,
        List<String> externalIps,
        int affinitySeconds,
        boolean internalLocal,
        boolean externalLocal,
        List<Backend> backends,
        List<Backend> localBackends,
        SourceRanges sources,
        Set<String> serving) {
    public ServicePortInfo {
        externalIps = List.copyOf(externalIps);
        backends = List.copyOf(backends);
        localBackends = List.copyOf(localBackends);
        serving = Set.copyOf(serving);
    }

    /// Whether anything outside the cluster network can reach it.
    public boolean external() {
        return nodePort > 0 || !externalIps.isEmpty();
    }
}
