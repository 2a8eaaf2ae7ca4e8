package io.gantry.controllermanager.endpointslice;

import static io.gantry.controllermanager.common.Fields.number;
import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.core.v1.endpoints.EndpointAddress;
import io.gantry.api.core.v1.endpoints.EndpointSubset;
import io.gantry.api.core.v1.endpoints.Endpoints;
import io.gantry.api.core.v1.endpoints.EndpointsKind;
import io.gantry.api.discovery.v1.endpointslice.Endpoint;
import io.gantry.api.discovery.v1.endpointslice.EndpointBuilder;
import io.gantry.api.discovery.v1.endpointslice.EndpointConditions;
import io.gantry.api.discovery.v1.endpointslice.EndpointPort;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.controllermanager.common.Owners;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The slices that show Endpoints which somebody wrote by hand (upstream `pkg/controller/endpointslicemirroring`).
final class MirroredSlices {
    static final String MANAGER = "endpointslicemirroring-controller.k8s.io";
    private static final String SKIP = "endpointslice.kubernetes.io/skip-mirror";
    /// Of each subset no more addresses are shown (upstream `--mirroring-max-endpoints-per-subset`).
    static final int MAX_ADDRESSES = 1000;

    private static final Set<String> NOT_COPIED = Set.of(
            "endpoints.kubernetes.io/last-change-trigger-time", "kubectl.kubernetes.io/last-applied-configuration");
    private static final String LEADER = "control-plane.alpha.kubernetes.io/leader";
    private static final String MANAGED_BY_ENDPOINTS = "endpoints.kubernetes.io/managed-by";

    private MirroredSlices() {}

    /// Whether the Endpoints are meant to be mirrored: not our own, not opted out, no leader lock.
    static boolean isMirrored(Endpoints endpoints) {
        Map<String, String> labels = endpoints.metadata().labels();
        return !"true".equals(labels.get(SKIP))
                && !labels.containsKey(MANAGED_BY_ENDPOINTS)
                && !endpoints.metadata().annotations().containsKey(LEADER);
    }

    static SliceSet wanted(Endpoints endpoints) {
        SliceSet wanted = SliceSet.empty();
        for (EndpointSubset subset : endpoints.subsets()) {
            List<EndpointPort> ports = subset.ports().stream()
                    .map(p -> new EndpointPort(
                            text(p.name()),
                            text(p.protocol()).isEmpty() ? "TCP" : text(p.protocol()),
                            number(p.port()),
                            p.appProtocol()))
                    .toList();
            int ready = Math.min(subset.addresses().size(), MAX_ADDRESSES);
            int others = Math.min(subset.notReadyAddresses().size(), MAX_ADDRESSES - ready);
            subset.addresses().subList(0, ready).forEach(a -> add(wanted, ports, a, true));
            subset.notReadyAddresses().subList(0, others).forEach(a -> add(wanted, ports, a, false));
        }
        return wanted;
    }

    /// How many addresses are too many to be shown.
    static int skipped(Endpoints endpoints) {
        return endpoints.subsets().stream()
                .mapToInt(subset ->
                        subset.addresses().size() + subset.notReadyAddresses().size())
                .map(addresses -> Math.max(0, addresses - MAX_ADDRESSES))
                .sum();
    }

    private static void add(SliceSet wanted, List<EndpointPort> ports, EndpointAddress address, boolean ready) {
        EndpointBuilder builder = EndpointBuilder.builder()
                .addresses(List.of(address.ip()))
                .conditions(new EndpointConditions(ready, null, null));
        if (address.hostname() != null) {
            builder.hostname(address.hostname());
        }
        if (address.nodeName() != null) {
            builder.nodeName(address.nodeName());
        }
        if (address.targetRef() != null) {
            builder.targetRef(address.targetRef());
        }
        Endpoint endpoint = builder.build();
        wanted.add(new SliceSet.Group(ServicePods.isIpv6(address.ip()) ? "IPv6" : "IPv4", ports), endpoint);
    }

    /// Labels, annotations, owner and name prefix of a new slice.
    static ObjectMeta template(Endpoints endpoints) {
        Map<String, String> labels = new LinkedHashMap<>(endpoints.metadata().labels());
        labels.put(ServiceSlices.SERVICE_NAME, text(endpoints.metadata().name()));
        labels.put(ServiceSlices.MANAGED_BY, MANAGER);
        Map<String, String> annotations =
                new LinkedHashMap<>(endpoints.metadata().annotations());
        annotations.keySet().removeAll(NOT_COPIED);
        return ObjectMetaBuilder.builder()
                .annotations(annotations)
                .namespace(text(endpoints.metadata().namespace()))
                .generateName(endpoints.metadata().name() + "-")
                .labels(labels)
                .ownerReferences(List.of(Owners.controllerReference(EndpointsKind.KIND, endpoints)))
                .build();
    }
}
