package io.gantry.kubeproxy.service;

import io.gantry.api.core.v1.service.Service;
import io.gantry.api.discovery.v1.endpointslice.Endpoint;
import io.gantry.api.discovery.v1.endpointslice.EndpointConditions;
import io.gantry.api.discovery.v1.endpointslice.EndpointSlice;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/// What a load balancer is told that asks this node whether it serves a Service whose external traffic stays on the
/// node (upstream `pkg/proxy/healthcheck`).
///
/// @param localEndpoints ready ones on this node
public record LocalHealth(String namespace, String name, int localEndpoints) {
    private static final String SERVICE_NAME = "kubernetes.io/service-name";

    /// The answers by health check node port; empty where no Service has one.
    public static Map<Integer, LocalHealth> of(List<Service> services, List<EndpointSlice> slices, String node) {
        Map<Integer, LocalHealth> answers = new TreeMap<>();
        Map<String, Integer> asked = new HashMap<>();
        for (Service service : services) {
            Integer port = service.spec().healthCheckNodePort();
            if (port != null
                    && port > 0
                    && "LoadBalancer".equals(service.spec().type())
                    && "Local".equals(service.spec().externalTrafficPolicy())) {
                String namespace = Objects.requireNonNullElse(service.metadata().namespace(), "");
                String name = Objects.requireNonNullElse(service.metadata().name(), "");
                answers.put(port, new LocalHealth(namespace, name, 0));
                asked.put(namespace + "/" + name, port);
            }
        }
        if (!asked.isEmpty()) {
            count(slices, node, asked, answers);
        }
        return answers;
    }

    private static void count(
            List<EndpointSlice> slices, String node, Map<String, Integer> asked, Map<Integer, LocalHealth> answers) {
        Map<Integer, Set<String>> addresses = new HashMap<>();
        for (EndpointSlice slice : slices) {
            String key = slice.metadata().namespace() + "/"
                    + slice.metadata().labels().get(SERVICE_NAME);
            Integer port = asked.get(key);
            if (port != null && "IPv4".equals(slice.addressType())) {
                Set<String> ready = addresses.computeIfAbsent(port, p -> new HashSet<>());
                slice.endpoints().stream()
                        .filter(endpoint -> node.equals(endpoint.nodeName()) && isReady(endpoint))
                        .forEach(endpoint -> ready.addAll(endpoint.addresses()));
            }
        }
        addresses.forEach((port, ready) -> answers.computeIfPresent(
                port, (p, health) -> new LocalHealth(health.namespace(), health.name(), ready.size())));
    }

    private static boolean isReady(Endpoint endpoint) {
        EndpointConditions conditions = endpoint.conditions();
        return conditions == null || !Boolean.FALSE.equals(conditions.ready());
    }

    /// 503 tells the load balancer to leave this node out.
    public int status() {
        return localEndpoints > 0 ? 200 : 503;
    }

    /// The answer's JSON, laid out as upstream's.
    public String json() {
        return """
                {
                	"service": {
                		"namespace": "%s",
                		"name": "%s"
                	},
                	"localEndpoints": %d,
                	"serviceProxyHealthy": true
                }""".formatted(namespace, name, localEndpoints);
    }
}
