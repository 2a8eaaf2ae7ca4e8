package io.gantry.cli.node;

import io.gantry.api.Json;
import io.gantry.cli.cluster.ClusterConfig;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// What the nodes of a cluster must agree on beside its CA. Published in `kube-public/cluster-info` beside the
/// kubeconfig that kubeadm puts there, so that `join` needs no flags for it.
///
/// @param podCidr addresses of all pods
/// @param serviceCidr addresses of services, the DNS server's among them
/// @param clusterDomain DNS suffix
/// @param overlay which nodes' pods are reached by VXLAN
record ClusterRanges(String podCidr, String serviceCidr, String clusterDomain, String overlay) {
    private static final String POD_CIDR = "podCIDR";
    private static final String SERVICE_CIDR = "serviceCIDR";
    private static final String CLUSTER_DOMAIN = "clusterDomain";
    private static final String OVERLAY = "overlay";

    static ClusterRanges of(ClusterConfig config) {
        return new ClusterRanges(config.podCidr(), config.serviceCidr(), config.clusterDomain(), config.overlay());
    }

    /// As the ConfigMap's data.
    Map<String, String> data() {
        Map<String, String> data = new LinkedHashMap<>();
        data.put(POD_CIDR, podCidr);
        data.put(SERVICE_CIDR, serviceCidr);
        data.put(CLUSTER_DOMAIN, clusterDomain);
        data.put(OVERLAY, overlay);
        return data;
    }

    /// The configuration with what a cluster's ConfigMap says; what it does not say stays.
    static ClusterConfig applied(String configMap, ClusterConfig config) {
        JsonNode data = Json.MAPPER.readTree(configMap).path("data");
        return config.withPodCidr(data.path(POD_CIDR).stringValue(config.podCidr()))
                .withServiceCidr(data.path(SERVICE_CIDR).stringValue(config.serviceCidr()))
                .withClusterDomain(data.path(CLUSTER_DOMAIN).stringValue(config.clusterDomain()))
                .withOverlay(data.path(OVERLAY).stringValue(config.overlay()));
    }
}
