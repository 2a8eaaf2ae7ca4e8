package io.gantry.apiserver.registry;

import java.util.Map;
import java.util.Set;

/// Where objects lie in the store: upstream's keys (`registry/…/storage` of each resource), so that etcdctl users find
/// their way.
public final class StorageLayout {
    private static final String ROOT = "/registry/";

    private static final Map<String, String> IRREGULAR = Map.of(
            "nodes", "minions",
            "services", "services/specs",
            "endpoints", "services/endpoints",
            "replicationcontrollers", "controllers",
            "ingresses.networking.k8s.io", "ingress",
            "customresourcedefinitions.apiextensions.k8s.io", "apiextensions.k8s.io/customresourcedefinitions",
            "apiservices.apiregistration.k8s.io", "apiregistration.k8s.io/apiservices");

    /// Groups whose resources lie under their bare name.
    private static final Set<String> BARE = Set.of(
            "",
            "apps",
            "autoscaling",
            "batch",
            "policy",
            "events.k8s.io",
            "networking.k8s.io",
            "rbac.authorization.k8s.io",
            "storage.k8s.io",
            "scheduling.k8s.io",
            "coordination.k8s.io",
            "discovery.k8s.io",
            "node.k8s.io",
            "certificates.k8s.io",
            "admissionregistration.k8s.io",
            "flowcontrol.apiserver.k8s.io",
            "resource.k8s.io");

    private StorageLayout() {}

    /// The prefix of a resource's keys, with a slash at its end.
    public static String prefix(String group, String plural) {
        String irregular = IRREGULAR.get(group.isEmpty() ? plural : plural + "." + group);
        if (irregular != null) {
            return ROOT + irregular + "/";
        }
        return BARE.contains(group) ? ROOT + plural + "/" : ROOT + group + "/" + plural + "/";
    }
}
