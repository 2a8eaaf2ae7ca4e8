package io.gantry.clusterdns.registration;

import io.gantry.api.core.v1.service.Service;
import io.gantry.api.core.v1.service.ServiceBuilder;
import io.gantry.api.core.v1.service.ServicePort;
import io.gantry.api.core.v1.service.ServicePortBuilder;
import io.gantry.api.core.v1.service.ServiceSpecBuilder;
import io.gantry.api.discovery.v1.endpointslice.EndpointBuilder;
import io.gantry.api.discovery.v1.endpointslice.EndpointConditionsBuilder;
import io.gantry.api.discovery.v1.endpointslice.EndpointPort;
import io.gantry.api.discovery.v1.endpointslice.EndpointPortBuilder;
import io.gantry.api.discovery.v1.endpointslice.EndpointSlice;
import io.gantry.api.discovery.v1.endpointslice.EndpointSliceBuilder;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.resource.IntOrString;
import java.util.List;
import java.util.Map;

/// The Service and EndpointSlice by which pods reach this server. Pure.
///
/// @param clusterIp the Service's address
/// @param instance names this server among others, the same after a restart
/// @param listenIp where this server listens
/// @param listenPort the port it listens on, UDP and TCP
public record DnsServicePlan(String clusterIp, String instance, String listenIp, int listenPort) {
    static final String NAMESPACE = "kube-system";
    static final String NAME = "kube-dns";
    private static final int PORT = 53;
    private static final Map<String, String> LABELS = Map.of(
            "k8s-app", "kube-dns",
            "kubernetes.io/cluster-service", "true",
            "kubernetes.io/name", "CoreDNS");

    /// Each server has a slice of its own, which stays the same when its address changes.
    public String sliceName() {
        return NAME + "-" + instance;
    }

    public Service service() {
        return ServiceBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .namespace(NAMESPACE)
                        .name(NAME)
                        .labels(LABELS)
                        .build())
                .spec(ServiceSpecBuilder.builder()
                        .type("ClusterIP")
                        .clusterIP(clusterIp)
                        .clusterIPs(List.of(clusterIp))
                        .ports(List.of(port("dns", "UDP"), port("dns-tcp", "TCP")))
                        .build())
                .build();
    }

    public EndpointSlice slice() {
        return EndpointSliceBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .namespace(NAMESPACE)
                        .name(sliceName())
                        .labels(Map.of(
                                "kubernetes.io/service-name",
                                NAME,
                                "endpointslice.kubernetes.io/managed-by",
                                "cluster-dns.gantry.io"))
                        .build())
                .addressType(listenIp.contains(":") ? "IPv6" : "IPv4")
                .ports(List.of(endpointPort("dns", "UDP"), endpointPort("dns-tcp", "TCP")))
                .endpoints(List.of(EndpointBuilder.builder()
                        .addresses(List.of(listenIp))
                        .conditions(EndpointConditionsBuilder.builder()
                                .ready(true)
                                .serving(true)
                                .terminating(false)
                                .build())
                        .build()))
                .build();
    }

    /// Whether the slice leads here.
    public boolean isCurrent(EndpointSlice present) {
        EndpointSlice wanted = slice();
        return present.endpoints().equals(wanted.endpoints())
                && present.ports().equals(wanted.ports())
                && present.metadata().labels().equals(wanted.metadata().labels());
    }

    private ServicePort port(String name, String protocol) {
        return ServicePortBuilder.builder()
                .name(name)
                .protocol(protocol)
                .port(PORT)
                .targetPort(IntOrString.of(listenPort))
                .build();
    }

    private EndpointPort endpointPort(String name, String protocol) {
        return EndpointPortBuilder.builder()
                .name(name)
                .protocol(protocol)
                .port(listenPort)
                .build();
    }
}
