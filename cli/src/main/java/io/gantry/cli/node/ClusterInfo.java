package io.gantry.cli.node;

import io.gantry.api.core.v1.configmap.ConfigMap;
import io.gantry.api.core.v1.configmap.ConfigMapBuilder;
import io.gantry.api.core.v1.configmap.ConfigMapKind;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.cli.cluster.ClusterConfig;
import io.gantry.cli.cluster.KubeconfigText;
import io.gantry.client.ApiClient;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// `kube-public/cluster-info`, by which a machine that joins finds the cluster's CA (as kubeadm publishes it; the
/// bootstrap signer adds signatures) and its ranges.
final class ClusterInfo {
    private static final String NAMESPACE = "kube-public";
    private static final String NAME = "cluster-info";
    private static final String KEY = "kubeconfig";

    private ClusterInfo() {}

    /// Makes it, or brings it up to date; what others added stays.
    static void publish(ApiClient client, ClusterConfig config, String authorityPem) {
        Map<String, String> ours = new LinkedHashMap<>();
        ours.put(KEY, KubeconfigText.withoutUser(config.apiServer(), authorityPem));
        ours.putAll(ClusterRanges.of(config).data());
        Optional<ConfigMap> now = client.resource(ConfigMapKind.KIND).find(NAMESPACE, NAME);
        if (now.isEmpty()) {
            client.resource(ConfigMapKind.KIND)
                    .create(ConfigMapBuilder.builder()
                            .apiVersion("v1")
                            .kind("ConfigMap")
                            .metadata(ObjectMetaBuilder.builder()
                                    .namespace(NAMESPACE)
                                    .name(NAME)
                                    .build())
                            .data(ours)
                            .build());
            return;
        }
        Map<String, String> data = new LinkedHashMap<>(now.get().data());
        data.putAll(ours);
        if (!data.equals(now.get().data())) {
            client.resource(ConfigMapKind.KIND)
                    .update(ConfigMapBuilder.builder(now.get()).data(data).build());
        }
    }
}
