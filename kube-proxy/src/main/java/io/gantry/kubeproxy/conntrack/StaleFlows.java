package io.gantry.kubeproxy.conntrack;

import io.gantry.kubeproxy.service.ServicePortInfo;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Finds UDP flows that the kernel would keep sending to the wrong place after a change: UDP has no end of connection,
/// so a client that goes on sending keeps its translation, or its lack of one. Upstream `pkg/proxy/conntrack`,
/// `CleanStaleEntries`: a flow to a Service's address that no serving endpoint of it answers is stale; which of them a
/// new flow would choose (traffic policies, topology, termination) does not matter, and a Service without endpoints
/// leaves its flows alone. Pure.
///
/// @param byAddress endpoints, `address:port`, of what is reached by `address:port`
/// @param byNodePort endpoints of what is reached by a port of every node
record StaleFlows(Map<String, Set<String>> byAddress, Map<Integer, Set<String>> byNodePort) {
    static StaleFlows of(List<ServicePortInfo> services) {
        Map<String, Set<String>> byAddress = new HashMap<>();
        Map<Integer, Set<String>> byNodePort = new HashMap<>();
        for (ServicePortInfo service : services) {
            Set<String> serving = service.serving();
            if (!service.name().protocol().equals("udp") || serving.isEmpty()) {
                continue;
            }
            byAddress.put(endpoint(service.clusterIp(), service.port()), serving);
            service.externalIps().forEach(address -> byAddress.put(endpoint(address, service.port()), serving));
            if (service.nodePort() > 0) {
                byNodePort.put(service.nodePort(), serving);
            }
        }
        return new StaleFlows(byAddress, byNodePort);
    }

    /// Whether no flow can be stale.
    boolean isEmpty() {
        return byAddress.isEmpty();
    }

    /// Those of the flows that are stale.
    List<Flow> among(List<Flow> flows) {
        return flows.stream().filter(this::stale).toList();
    }

    private boolean stale(Flow flow) {
        String answering = endpoint(flow.answeredBy(), flow.answerPort());
        Set<String> ofAddress = byAddress.get(endpoint(flow.destination(), flow.port()));
        Set<String> ofNodePort = byNodePort.get(flow.port());
        return ofAddress != null && !ofAddress.contains(answering)
                || ofNodePort != null && !ofNodePort.contains(answering);
    }

    private static String endpoint(String address, int port) {
        return address + ":" + port;
    }
}
