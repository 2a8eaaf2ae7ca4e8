package io.gantry.apiserver.admission;

import java.util.Set;

/// Which labels a kubelet may set on its node: its own kind in the `kubernetes.io` domains, and any label outside them.
final class NodeLabels {
    private static final Set<String> KUBELET = Set.of(
            "kubernetes.io/hostname",
            "kubernetes.io/os",
            "kubernetes.io/arch",
            "topology.kubernetes.io/zone",
            "topology.kubernetes.io/region",
            "failure-domain.beta.kubernetes.io/zone",
            "failure-domain.beta.kubernetes.io/region",
            "beta.kubernetes.io/os",
            "beta.kubernetes.io/arch",
            "beta.kubernetes.io/instance-type",
            "node.kubernetes.io/instance-type",
            "node.kubernetes.io/windows-build");

    private NodeLabels() {}

    static boolean allowed(String key) {
        String domain = key.contains("/") ? key.substring(0, key.indexOf('/')) : "";
        if (within(domain, "node-restriction.kubernetes.io")) {
            return false;
        }
        boolean reserved = within(domain, "kubernetes.io") || within(domain, "k8s.io");
        return !reserved
                || KUBELET.contains(key)
                || within(domain, "kubelet.kubernetes.io")
                || within(domain, "node.kubernetes.io");
    }

    private static boolean within(String domain, String parent) {
        return domain.equals(parent) || domain.endsWith("." + parent);
    }
}
