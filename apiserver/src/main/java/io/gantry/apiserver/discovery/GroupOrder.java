package io.gantry.apiserver.discovery;

import java.util.Comparator;
import java.util.List;

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

    static final Comparator<String> INSTANCE =
            Comparator.<String>comparingInt(GroupOrder::rank).thenComparing(Comparator.naturalOrder());

    private GroupOrder() {}

    private static int rank(String group) {
        int index = BUILT_IN.indexOf(group);
        return index < 0 ? BUILT_IN.size() : index;
    }
}
