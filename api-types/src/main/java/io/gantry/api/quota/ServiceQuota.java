package io.gantry.api.quota;

import io.gantry.api.KubernetesObject;
import io.gantry.api.core.v1.service.Service;
import io.gantry.api.core.v1.service.ServiceSpec;
import io.gantry.api.resource.Quantity;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Counts services, load balancers and node ports.
record ServiceQuota() implements QuotaEvaluator {
    private static final String NODE_PORTS = "services.nodeports";
    private static final String LOAD_BALANCERS = "services.loadbalancers";
    private static final Set<String> NAMES = Set.of("count/services", "services", NODE_PORTS, LOAD_BALANCERS);

    @Override
    public Map<String, Quantity> usage(KubernetesObject object, Instant now) {
        ServiceSpec spec = ((Service) object).spec();
        Map<String, Quantity> usage = new TreeMap<>();
        usage.put("count/services", Quantity.of(1));
        usage.put("services", Quantity.of(1));
        usage.put(NODE_PORTS, Quantity.of(nodePorts(spec)));
        usage.put(LOAD_BALANCERS, Quantity.of("LoadBalancer".equals(spec.type()) ? 1 : 0));
        return usage;
    }

    private static long nodePorts(ServiceSpec spec) {
        if ("NodePort".equals(spec.type())) {
            return spec.ports().size();
        }
        if (!"LoadBalancer".equals(spec.type())) {
            return 0;
        }
        return Boolean.FALSE.equals(spec.allocateLoadBalancerNodePorts())
                ? spec.ports().stream()
                        .filter(port -> port.nodePort() != null && port.nodePort() != 0)
                        .count()
                : spec.ports().size();
    }

    @Override
    public List<String> matching(Collection<String> names) {
        return names.stream().filter(NAMES::contains).sorted().toList();
    }

    @Override
    public boolean handles(String operation, String subresource) {
        return subresource.isEmpty() && (operation.equals("CREATE") || operation.equals("UPDATE"));
    }
}
