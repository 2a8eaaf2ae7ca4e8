package io.gantry.controllermanager.servicelb;

import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.node.NodeAddress;
import io.gantry.api.core.v1.service.LoadBalancerIngress;
import io.gantry.api.core.v1.service.LoadBalancerStatus;
import io.gantry.api.core.v1.service.Service;
import io.gantry.api.core.v1.service.ServicePort;
import io.gantry.api.discovery.v1.endpointslice.Endpoint;
import io.gantry.api.discovery.v1.endpointslice.EndpointSlice;
import io.gantry.client.ObjectKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Gives Services of type LoadBalancer the addresses of nodes: each ready node's, unless an older Service has the same
/// port there. Pure.
final class LoadBalancerPlan {
    /// The class of load balancers that is served, beside no class at all.
    static final String CLASS = "gantry.io/node";

    private static final String EXCLUDE = "node.kubernetes.io/exclude-from-external-load-balancers";

    /// The API server's and the kubelet's: taking them would cut the cluster off.
    private static final Set<Integer> RESERVED_PORTS = Set.of(6443, 10250);

    private LoadBalancerPlan() {}

    private record Listener(String address, String protocol, int port) {}

    /// The addresses that each Service must show, where they differ from those it shows.
    static Map<ObjectKey, List<String>> changes(List<Service> services, List<Node> nodes, List<EndpointSlice> slices) {
        Map<ObjectKey, List<String>> changes = new LinkedHashMap<>();
        Set<Listener> taken = new HashSet<>();
        for (Service service : services.stream().sorted(OLDEST_FIRST).toList()) {
            boolean balanced = "LoadBalancer".equals(service.spec().type());
            if (balanced && !isOurs(service)) {
                continue;
            }
            List<String> wanted = balanced ? addresses(service, nodes, slices, taken) : List.of();
            if (!wanted.equals(shown(service))) {
                changes.put(ObjectKey.of(service), wanted);
            }
        }
        return changes;
    }

    private static final Comparator<Service> OLDEST_FIRST = Comparator.<Service, Instant>comparing(
                    service -> Objects.requireNonNullElse(service.metadata().creationTimestamp(), Instant.MAX))
            .thenComparing(service -> ObjectKey.of(service).toString());

    private static boolean isOurs(Service service) {
        String loadBalancerClass = service.spec().loadBalancerClass();
        return loadBalancerClass == null || loadBalancerClass.equals(CLASS);
    }

    private static List<String> addresses(
            Service service, List<Node> nodes, List<EndpointSlice> slices, Set<Listener> taken) {
        boolean local = "Local".equals(service.spec().externalTrafficPolicy());
        Set<String> serving = local ? servingNodes(service, slices) : Set.of();
        List<String> addresses = new ArrayList<>();
        for (Node node : nodes.stream()
                .sorted(Comparator.comparing(node -> ObjectKey.of(node).name()))
                .toList()) {
            Optional<String> address = address(node);
            if (address.isEmpty()
                    || !usable(node)
                    || (local && !serving.contains(ObjectKey.of(node).name()))) {
                continue;
            }
            List<Listener> listeners = listeners(service, address.get());
            if (listeners.stream().noneMatch(l -> taken.contains(l) || RESERVED_PORTS.contains(l.port))) {
                taken.addAll(listeners);
                addresses.add(address.get());
            }
        }
        return addresses;
    }

    private static List<Listener> listeners(Service service, String address) {
        List<Listener> listeners = new ArrayList<>();
        for (ServicePort port : service.spec().ports()) {
            listeners.add(new Listener(address, Objects.requireNonNullElse(port.protocol(), "TCP"), port.port()));
        }
        return listeners;
    }

    private static Set<String> servingNodes(Service service, List<EndpointSlice> slices) {
        ObjectKey key = ObjectKey.of(service);
        Set<String> nodes = new HashSet<>();
        for (EndpointSlice slice : slices) {
            boolean ofService = key.namespace().equals(slice.metadata().namespace())
                    && key.name().equals(slice.metadata().labels().get("kubernetes.io/service-name"));
            for (Endpoint endpoint : ofService ? slice.endpoints() : List.<Endpoint>of()) {
                String node = endpoint.nodeName();
                boolean ready = endpoint.conditions() == null
                        || !Boolean.FALSE.equals(endpoint.conditions().ready());
                if (node != null && ready) {
                    nodes.add(node);
                }
            }
        }
        return nodes;
    }

    private static boolean usable(Node node) {
        return !node.metadata().labels().containsKey(EXCLUDE)
                && node.metadata().deletionTimestamp() == null
                && node.status().conditions().stream()
                        .anyMatch(condition -> "Ready".equals(condition.type()) && "True".equals(condition.status()));
    }

    private static Optional<String> address(Node node) {
        return Stream.of("ExternalIP", "InternalIP")
                .flatMap(type -> node.status().addresses().stream()
                        .filter(address -> address.type().equals(type)
                                && !address.address().contains(":")))
                .map(NodeAddress::address)
                .findFirst();
    }

    private static List<String> shown(Service service) {
        LoadBalancerStatus status = service.status().loadBalancer();
        List<String> addresses = new ArrayList<>();
        for (LoadBalancerIngress ingress : status == null ? List.<LoadBalancerIngress>of() : status.ingress()) {
            addresses.add(Objects.requireNonNullElse(ingress.ip(), ""));
        }
        return addresses;
    }
}
