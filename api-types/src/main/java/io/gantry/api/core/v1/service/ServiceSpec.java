package io.gantry.api.core.v1.service;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Atomic;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.OneOf;
import io.gantry.api.schema.annotation.PatchStrategy;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `ServiceSpec` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.ServiceSpec", model = "V1ServiceSpec")
public record ServiceSpec(
        @ListType(
                value = ListType.Kind.MAP,
                keys = {"port", "protocol"})
        @PatchStrategy(value = "merge", mergeKey = "port")
        List<ServicePort> ports,

        @Atomic Map<String, String> selector,
        @Nullable String clusterIP,
        @ListType(ListType.Kind.ATOMIC) List<String> clusterIPs,

        @OneOf({"ClusterIP", "NodePort", "LoadBalancer", "ExternalName"}) @Default("\"ClusterIP\"") @Nullable
        String type,

        @ListType(ListType.Kind.ATOMIC) List<String> externalIPs,

        @OneOf({"ClientIP", "None"}) @Default("\"None\"") @Nullable
        String sessionAffinity,

        @Nullable String loadBalancerIP,
        @ListType(ListType.Kind.ATOMIC) List<String> loadBalancerSourceRanges,
        @Nullable String externalName,
        @OneOf({"Cluster", "Local"}) @Nullable String externalTrafficPolicy,
        @Format("int32") @Nullable Integer healthCheckNodePort,
        @Nullable Boolean publishNotReadyAddresses,
        @Nullable SessionAffinityConfig sessionAffinityConfig,

        @ListType(ListType.Kind.ATOMIC) @OneOf({"IPv4", "IPv6", ""})
        List<String> ipFamilies,

        @OneOf({"SingleStack", "PreferDualStack", "RequireDualStack"}) @Nullable
        String ipFamilyPolicy,

        @Nullable Boolean allocateLoadBalancerNodePorts,
        @Nullable String loadBalancerClass,
        @OneOf({"Cluster", "Local"}) @Nullable String internalTrafficPolicy,
        @Nullable String trafficDistribution) {
    public ServiceSpec {
        ports = Copies.list(ports);
        selector = Copies.map(selector);
        clusterIPs = Copies.list(clusterIPs);
        externalIPs = Copies.list(externalIPs);
        loadBalancerSourceRanges = Copies.list(loadBalancerSourceRanges);
        ipFamilies = Copies.list(ipFamilies);
    }
}
