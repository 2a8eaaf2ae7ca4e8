package io.gantry.apiserver.discovery;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// The order of groups in discovery (upstream gives each a priority in `kube-aggregator`); groups that are not built in
/// follow by name. Clients prefer the first group that has a resource's name.
final class GroupOrder {
    private static final List<String> BUILT_IN = List.of(
            "",
            "apiregistration.k8s.io",
            "apps",
            "events.k8s.io",
            "authentication.k8s.io",
            "authorization.k8s.io",
            "autoscaling",
            "batch",
            "certificates.k8s.io",
            "networking.k8s.io",
            "policy",
            "rbac.authorization.k8s.io",
            "storage.k8s.io",
            "admissionregistration.k8s.io",
            "apiextensions.k8s.io",
            "scheduling.k8s.io",
            "coordination.k8s.io",
            "node.k8s.io",
            "discovery.k8s.io",
            "resource.k8s.io",
            "flowcontrol.apiserver.k8s.io");

    /// Of metrics, as metrics-server's APIService says: behind custom resources.
    private static final Map<String, Integer> LAST = Map.of("metrics.k8s.io", 100);

    /// Of custom resources.
    private static final int DEFAULT_PRIORITY = 1000;

    private GroupOrder() {}

    /// @param priorities of groups that are not built in, where it is not that of custom resources
    static Comparator<String> of(Map<String, Integer> priorities) {
        Map<String, Integer> own = Map.copyOf(priorities);
        return Comparator.<String>comparingInt(GroupOrder::rank)
                .thenComparing(group -> -own.getOrDefault(group, LAST.getOrDefault(group, DEFAULT_PRIORITY)))
                .thenComparing(Comparator.naturalOrder());
    }

    private static int rank(String group) {
        int index = BUILT_IN.indexOf(group);
        return index < 0 ? BUILT_IN.size() : index;
    }
}
