package io.gantry.controllermanager.statemetrics;

import io.gantry.api.core.v1.namespace.Namespace;
import io.gantry.api.core.v1.namespace.NamespaceKind;
import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.node.NodeAddress;
import io.gantry.api.core.v1.node.NodeCondition;
import io.gantry.api.core.v1.node.NodeKind;
import io.gantry.api.core.v1.node.NodeSystemInfo;
import io.gantry.api.core.v1.node.Taint;
import io.gantry.api.core.v1.persistentvolume.PersistentVolume;
import io.gantry.api.core.v1.persistentvolume.PersistentVolumeKind;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaim;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaimKind;
import io.gantry.api.core.v1.persistentvolumeclaim.StorageClassNames;
import io.gantry.api.core.v1.service.Service;
import io.gantry.api.core.v1.service.ServiceKind;
import io.gantry.api.resource.Quantity;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Nodes, namespaces, services and storage.
final class ClusterMetrics {
    private static final String ROLE = "node-role.kubernetes.io/";

    private ClusterMetrics() {}

    static List<Family<?>> families() {
        return List.of(nodes(), namespaces(), services(), claims(), volumes());
    }

    private static Family<Node> nodes() {
        return Family.ofCluster(NodeKind.KIND, "node")
                .gauge("info", ClusterMetrics::info)
                .created()
                .gauge("role", ClusterMetrics::roles)
                .gauge(
                        "spec_unschedulable",
                        (n, s) -> s.flag(Boolean.TRUE.equals(n.spec().unschedulable())))
                .gauge("spec_taint", ClusterMetrics::taints)
                .gauge("status_condition", ClusterMetrics::conditions)
                .gauge("status_capacity", (n, s) -> resources(n.status().capacity(), s))
                .gauge("status_allocatable", (n, s) -> resources(n.status().allocatable(), s));
    }

    private static void info(Node node, Samples samples) throws IOException {
        NodeSystemInfo info = node.status().nodeInfo();
        samples.add(
                1,
                "kernel_version",
                info == null ? "" : info.kernelVersion(),
                "os_image",
                info == null ? "" : info.osImage(),
                "container_runtime_version",
                info == null ? "" : info.containerRuntimeVersion(),
                "kubelet_version",
                info == null ? "" : info.kubeletVersion(),
                "kubeproxy_version",
                "deprecated",
                "provider_id",
                node.spec().providerID(),
                "pod_cidr",
                node.spec().podCIDR(),
                "system_uuid",
                info == null ? "" : info.systemUUID(),
                "internal_ip",
                internalAddress(node));
    }

    private static String internalAddress(Node node) {
        return node.status().addresses().stream()
                .filter(address -> address.type().equals("InternalIP"))
                .map(NodeAddress::address)
                .findFirst()
                .orElse("");
    }

    private static void roles(Node node, Samples samples) throws IOException {
        for (String label : node.metadata().labels().keySet()) {
            if (label.startsWith(ROLE)) {
                samples.add(1, "role", label.substring(ROLE.length()));
            }
        }
    }

    private static void taints(Node node, Samples samples) throws IOException {
        for (Taint taint : node.spec().taints()) {
            samples.add(1, "key", taint.key(), "value", taint.value(), "effect", taint.effect());
        }
    }

    private static void conditions(Node node, Samples samples) throws IOException {
        for (NodeCondition condition : node.status().conditions()) {
            Family.answers(samples, condition.status(), "status", "condition", condition.type());
        }
    }

    private static void resources(Map<String, Quantity> resources, Samples samples) throws IOException {
        for (Map.Entry<String, Quantity> entry : resources.entrySet()) {
            PodMetrics.resource(samples, entry);
        }
    }

    private static void oneOf(Samples samples, List<String> phases, @Nullable String phase) throws IOException {
        for (String each : phases) {
            samples.flag(each.equals(phase), "phase", each);
        }
    }

    private static Family<Namespace> namespaces() {
        return Family.ofCluster(NamespaceKind.KIND, "namespace")
                .created()
                .gauge(
                        "status_phase",
                        (n, s) -> oneOf(
                                s, List.of("Active", "Terminating"), n.status().phase()));
    }

    private static Family<Service> services() {
        return Family.withUid(ServiceKind.KIND, "service")
                .gauge(
                        "info",
                        (v, s) -> s.add(
                                1,
                                "cluster_ip",
                                v.spec().clusterIP(),
                                "external_name",
                                v.spec().externalName(),
                                "load_balancer_ip",
                                v.spec().loadBalancerIP()))
                .created()
                .gauge("spec_type", (v, s) -> s.add(1, "type", v.spec().type()));
    }

    private static Family<PersistentVolumeClaim> claims() {
        return Family.namespaced(PersistentVolumeClaimKind.KIND, "persistentvolumeclaim")
                .gauge(
                        "info",
                        (c, s) -> s.add(
                                1,
                                "storageclass",
                                StorageClassNames.of(c),
                                "volumename",
                                c.spec().volumeName(),
                                "volumemode",
                                c.spec().volumeMode()))
                .created()
                .gauge(
                        "status_phase",
                        (c, s) -> oneOf(
                                s,
                                List.of("Lost", "Bound", "Pending"),
                                c.status().phase()))
                .gauge("resource_requests_storage_bytes", ClusterMetrics::requested);
    }

    private static void requested(PersistentVolumeClaim claim, Samples samples) throws IOException {
        var resources = claim.spec().resources();
        Quantity storage = resources == null ? null : resources.requests().get("storage");
        if (storage != null) {
            samples.add(storage.amount().doubleValue());
        }
    }

    private static Family<PersistentVolume> volumes() {
        return Family.ofCluster(PersistentVolumeKind.KIND, "persistentvolume")
                .created()
                .gauge(
                        "status_phase",
                        (v, s) -> oneOf(
                                s,
                                List.of("Pending", "Available", "Bound", "Released", "Failed"),
                                v.status().phase()))
                .gauge("capacity_bytes", ClusterMetrics::capacity);
    }

    private static void capacity(PersistentVolume volume, Samples samples) throws IOException {
        Quantity storage = volume.spec().capacity().get("storage");
        if (storage != null) {
            samples.add(storage.amount().doubleValue());
        }
    }
}
