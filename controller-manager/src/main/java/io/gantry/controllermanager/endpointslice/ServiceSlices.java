package io.gantry.controllermanager.endpointslice;

import static io.gantry.controllermanager.common.Fields.flag;
import static io.gantry.controllermanager.common.Fields.text;
import static io.gantry.controllermanager.common.Fields.time;

import io.gantry.api.core.v1.endpoints.ObjectReference;
import io.gantry.api.core.v1.endpoints.ObjectReferenceBuilder;
import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.service.Service;
import io.gantry.api.core.v1.service.ServiceKind;
import io.gantry.api.discovery.v1.endpointslice.Endpoint;
import io.gantry.api.discovery.v1.endpointslice.EndpointBuilder;
import io.gantry.api.discovery.v1.endpointslice.EndpointConditions;
import io.gantry.api.discovery.v1.endpointslice.EndpointHints;
import io.gantry.api.discovery.v1.endpointslice.EndpointPort;
import io.gantry.api.discovery.v1.endpointslice.ForNode;
import io.gantry.api.discovery.v1.endpointslice.ForZone;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.client.ObjectKey;
import io.gantry.client.informer.Lister;
import io.gantry.controllermanager.common.Owners;
import io.gantry.controllermanager.common.Pods;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The endpoints and the metadata that the slices of a service are to have.
final class ServiceSlices {
    static final String SERVICE_NAME = "kubernetes.io/service-name";
    static final String MANAGED_BY = "endpointslice.kubernetes.io/managed-by";
    static final String MANAGER = "endpointslice-controller.k8s.io";
    static final String LAST_CHANGE = "endpoints.kubernetes.io/last-change-trigger-time";
    private static final String HEADLESS = "service.kubernetes.io/headless";

    private ServiceSlices() {}

    static SliceSet wanted(Service service, List<Pod> pods, Lister<Node> nodes) {
        SliceSet wanted = SliceSet.empty();
        List<String> types = addressTypes(service);
        for (Pod pod : pods.stream()
                .sorted(Comparator.comparing(p -> text(p.metadata().name())))
                .toList()) {
            List<EndpointPort> ports = ports(service, pod);
            if (!ServicePods.hasAddress(pod)) {
                continue;
            }
            Optional<Node> node = nodes.get("", text(pod.spec().nodeName()));
            if (node.isEmpty() && !flag(service.spec().publishNotReadyAddresses())) {
                wanted.skipped().add(skipped(service, pod));
                continue;
            }
            for (String type : types) {
                List<String> addresses = ServicePods.addresses(pod).stream()
                        .filter(ip -> ServicePods.isIpv6(ip) == type.equals("IPv6"))
                        .limit(1)
                        .toList();
                if (!addresses.isEmpty()) {
                    wanted.add(new SliceSet.Group(type, ports), endpoint(service, pod, addresses, node));
                }
            }
        }
        for (String type : types) {
            if (wanted.groups().keySet().stream().noneMatch(g -> g.addressType().equals(type))) {
                wanted.groups().put(new SliceSet.Group(type, List.of()), List.of());
            }
        }
        return wanted;
    }

    private static String skipped(Service service, Pod pod) {
        return "skipping Pod " + pod.metadata().name() + " for Service " + ObjectKey.of(service) + ": Node "
                + text(pod.spec().nodeName()) + " Not Found";
    }

    static List<String> addressTypes(Service service) {
        return service.spec().ipFamilies().isEmpty()
                ? List.of("IPv4")
                : service.spec().ipFamilies();
    }

    private static List<EndpointPort> ports(Service service, Pod pod) {
        return ServicePods.ports(service, pod).stream()
                .map(p -> new EndpointPort(
                        p.name(), p.protocol(), p.port(), p.appProtocol().orElse(null)))
                .toList();
    }

    private static Endpoint endpoint(Service service, Pod pod, List<String> addresses, Optional<Node> node) {
        boolean ready = Pods.isReady(pod);
        EndpointBuilder builder = EndpointBuilder.builder()
                .addresses(addresses)
                .conditions(new EndpointConditions(ServicePods.isReady(service, pod), ready, Pods.isTerminating(pod)))
                .targetRef(reference(pod));
        ServicePods.hostname(service, pod).ifPresent(builder::hostname);
        String nodeName = text(pod.spec().nodeName());
        if (!nodeName.isEmpty()) {
            builder.nodeName(nodeName);
        }
        node.map(ZoneShares::zone).filter(zone -> !zone.isEmpty()).ifPresent(builder::zone);
        return hinted(service, builder.build());
    }

    /// With hints where the service prefers near endpoints: the endpoint's own zone, and its own node
    /// (upstream `staging/src/k8s.io/endpointslice/trafficdist`).
    private static Endpoint hinted(Service service, Endpoint endpoint) {
        EndpointConditions conditions = endpoint.conditions();
        String zone = text(endpoint.zone());
        String node = text(endpoint.nodeName());
        String wish = text(service.spec().trafficDistribution());
        boolean near = wish.equals("PreferClose") || wish.equals("PreferSameZone") || wish.equals("PreferSameNode");
        if (!near
                || TopologyHints.areWanted(service)
                || conditions == null
                || !Boolean.TRUE.equals(conditions.ready())) {
            return endpoint;
        }
        List<ForZone> zones = zone.isEmpty() ? List.of() : List.of(new ForZone(zone));
        List<ForNode> nodes = node.isEmpty() || !wish.equals("PreferSameNode") ? List.of() : List.of(new ForNode(node));
        return zones.isEmpty() && nodes.isEmpty()
                ? endpoint
                : EndpointBuilder.builder(endpoint)
                        .hints(new EndpointHints(zones, nodes))
                        .build();
    }

    private static ObjectReference reference(Pod pod) {
        return ObjectReferenceBuilder.builder()
                .kind("Pod")
                .namespace(text(pod.metadata().namespace()))
                .name(text(pod.metadata().name()))
                .uid(text(pod.metadata().uid()))
                .build();
    }

    /// When the newest change came that the slices show: the service's creation, or a pod that became ready or not.
    private static Map<String, String> lastChange(Service service, List<Pod> pods) {
        Instant newest = time(service.metadata().creationTimestamp());
        for (Pod pod : pods) {
            Instant changed = Pods.condition(pod, "Ready")
                    .map(c -> time(c.lastTransitionTime()))
                    .orElse(Instant.EPOCH);
            newest = changed.isAfter(newest) ? changed : newest;
        }
        return newest.equals(Instant.EPOCH) ? Map.of() : Map.of(LAST_CHANGE, newest.toString());
    }

    /// Labels, owner and name prefix of a new slice, and when the last change came that it shows.
    static ObjectMeta template(Service service, List<Pod> pods) {
        Map<String, String> labels = new LinkedHashMap<>();
        service.metadata().labels().forEach((key, value) -> {
            if (!key.equals(SERVICE_NAME) && !key.equals(MANAGED_BY) && !key.equals(HEADLESS)) {
                labels.put(key, value);
            }
        });
        if (ServicePods.isHeadless(service)) {
            labels.put(HEADLESS, "");
        }
        labels.put(SERVICE_NAME, text(service.metadata().name()));
        labels.put(MANAGED_BY, MANAGER);
        return ObjectMetaBuilder.builder()
                .namespace(text(service.metadata().namespace()))
                .generateName(service.metadata().name() + "-")
                .labels(labels)
                .annotations(lastChange(service, pods))
                .ownerReferences(List.of(Owners.controllerReference(ServiceKind.KIND, service)))
                .build();
    }
}
