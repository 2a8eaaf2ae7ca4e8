package io.gantry.controllermanager.endpoints;

import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.core.v1.endpoints.EndpointAddress;
import io.gantry.api.core.v1.endpoints.EndpointPort;
import io.gantry.api.core.v1.endpoints.EndpointSubset;
import io.gantry.api.core.v1.endpoints.Endpoints;
import io.gantry.api.core.v1.endpoints.EndpointsBuilder;
import io.gantry.api.core.v1.endpoints.ObjectReferenceBuilder;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.service.Service;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.controllermanager.common.Pods;
import io.gantry.controllermanager.endpointslice.ServicePods;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The Endpoints object of a service: its pods' addresses of the first IP family, grouped by ports.
final class EndpointsPlan {
    private static final int MAX_ADDRESSES = 1000;
    private static final String OVER_CAPACITY = "endpoints.kubernetes.io/over-capacity";
    private static final String MANAGED_BY = "endpoints.kubernetes.io/managed-by";
    private static final String HEADLESS = "service.kubernetes.io/headless";

    private EndpointsPlan() {}

    private record Split(List<EndpointAddress> ready, List<EndpointAddress> notReady) {}

    /// @param existing the object as it is, whose name, version and foreign annotations stay
    static Endpoints of(Service service, List<Pod> pods, Optional<Endpoints> existing) {
        Map<List<EndpointPort>, Split> subsets = new LinkedHashMap<>();
        int count = 0;
        for (Pod pod : pods.stream()
                .sorted(Comparator.comparing(p -> text(p.metadata().name())))
                .toList()) {
            Optional<String> address = address(service, pod);
            if (address.isPresent() && count++ < MAX_ADDRESSES) {
                add(subsets, service, pod, address.get());
            }
        }
        List<EndpointSubset> list = new ArrayList<>();
        subsets.forEach((ports, split) -> list.add(new EndpointSubset(split.ready(), split.notReady(), ports)));
        Map<String, String> annotations = new LinkedHashMap<>(
                existing.map(e -> e.metadata().annotations()).orElse(Map.of()));
        if (count > MAX_ADDRESSES) {
            annotations.put(OVER_CAPACITY, "truncated");
        } else {
            annotations.remove(OVER_CAPACITY);
        }
        ObjectMetaBuilder metadata = existing.map(e -> ObjectMetaBuilder.builder(e.metadata()))
                .orElseGet(ObjectMetaBuilder::builder)
                .namespace(text(service.metadata().namespace()))
                .name(text(service.metadata().name()))
                .labels(labels(service))
                .annotations(annotations);
        return EndpointsBuilder.builder()
                .metadata(metadata.build())
                .subsets(list)
                .build();
    }

    private static Map<String, String> labels(Service service) {
        Map<String, String> labels = new LinkedHashMap<>(service.metadata().labels());
        if (ServicePods.isHeadless(service)) {
            labels.put(HEADLESS, "");
        } else {
            labels.remove(HEADLESS);
        }
        labels.put(MANAGED_BY, "endpoint-controller");
        return labels;
    }

    private static Optional<String> address(Service service, Pod pod) {
        boolean wanted = ServicePods.hasAddress(pod)
                && (!Pods.isTerminating(pod)
                        || Boolean.TRUE.equals(service.spec().publishNotReadyAddresses()));
        boolean ipv6 = !service.spec().ipFamilies().isEmpty()
                && service.spec().ipFamilies().getFirst().equals("IPv6");
        return wanted
                ? ServicePods.addresses(pod).stream()
                        .filter(ip -> ServicePods.isIpv6(ip) == ipv6)
                        .findFirst()
                : Optional.empty();
    }

    private static void add(Map<List<EndpointPort>, Split> subsets, Service service, Pod pod, String ip) {
        List<EndpointPort> ports = ServicePods.ports(service, pod).stream()
                .map(p -> new EndpointPort(
                        p.name().isEmpty() ? null : p.name(),
                        p.port(),
                        p.protocol(),
                        p.appProtocol().orElse(null)))
                .toList();
        if (ports.isEmpty() && !service.spec().ports().isEmpty()) {
            return;
        }
        EndpointAddress address = new EndpointAddress(
                ip,
                ServicePods.hostname(service, pod).orElse(null),
                pod.spec().nodeName(),
                ObjectReferenceBuilder.builder()
                        .kind("Pod")
                        .namespace(text(pod.metadata().namespace()))
                        .name(text(pod.metadata().name()))
                        .uid(text(pod.metadata().uid()))
                        .build());
        Split split = subsets.computeIfAbsent(ports, p -> new Split(new ArrayList<>(), new ArrayList<>()));
        (ServicePods.isReady(service, pod) ? split.ready() : split.notReady()).add(address);
    }
}
