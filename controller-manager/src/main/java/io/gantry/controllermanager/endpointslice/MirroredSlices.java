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

/// The slices that show Endpoints which somebody wrote by hand (upstream `pkg/controller/endpointslicemirroring`).
final class MirroredSlices {
    static final String MANAGER = "endpointslicemirroring-controller.k8s.io";
    private static final String SKIP = "endpointslice.kubernetes.io/skip-mirror";
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
            subset.addresses().forEach(a -> add(wanted, ports, a, true));
            subset.notReadyAddresses().forEach(a -> add(wanted, ports, a, false));
        }
        return wanted;
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

    /// Labels, owner and name prefix of a new slice.
    static ObjectMeta template(Endpoints endpoints) {
        Map<String, String> labels = new LinkedHashMap<>(endpoints.metadata().labels());
        labels.put(ServiceSlices.SERVICE_NAME, text(endpoints.metadata().name()));
        labels.put(ServiceSlices.MANAGED_BY, MANAGER);
        return ObjectMetaBuilder.builder()
                .namespace(text(endpoints.metadata().namespace()))
                .generateName(endpoints.metadata().name() + "-")
                .labels(labels)
                .ownerReferences(List.of(Owners.controllerReference(EndpointsKind.KIND, endpoints)))
                .build();
    }
}
