package io.gantry.controllermanager.nodelifecycle;

import static io.gantry.controllermanager.common.Fields.flag;

import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.node.NodeCondition;
import io.gantry.api.core.v1.node.Taint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a node's silence and conditions mean for its conditions and taints (upstream
/// `pkg/controller/nodelifecycle/node_lifecycle_controller.go`).
///
/// @param conditions as they are to be
/// @param taints as they are to be
record NodeHealthPlan(List<NodeCondition> conditions, List<Taint> taints) {
    static final String NOT_READY = "node.kubernetes.io/not-ready";
    static final String UNREACHABLE = "node.kubernetes.io/unreachable";
    private static final String UNSCHEDULABLE = "node.kubernetes.io/unschedulable";

    private static final Map<String, String> PRESSURE_TAINTS = Map.of(
            "MemoryPressure", "node.kubernetes.io/memory-pressure",
            "DiskPressure", "node.kubernetes.io/disk-pressure",
            "NetworkUnavailable", "node.kubernetes.io/network-unavailable",
            "PIDPressure", "node.kubernetes.io/pid-pressure");

    private static final List<String> KUBELET_CONDITIONS =
            List.of("Ready", "MemoryPressure", "DiskPressure", "PIDPressure");

    /// @param silent the kubelet has not been heard of for the grace period
    /// @param mayEvict false while every node is bad, which is rather a fault of the control plane
    static NodeHealthPlan of(Node node, boolean silent, boolean mayEvict, Instant now) {
        List<NodeCondition> conditions =
                silent ? unknown(node, now) : node.status().conditions();
        return new NodeHealthPlan(conditions, taints(node, conditions, mayEvict, now));
    }

    /// The status of the Ready condition; empty while the kubelet has posted none.
    static String readiness(List<NodeCondition> conditions) {
        for (NodeCondition condition : conditions) {
            if (condition.type().equals("Ready")) {
                return condition.status();
            }
        }
        return "";
    }

    /// Labels by their older names, where the node has them by their newer ones (upstream `labelReconcileInfo`).
    ///
    /// @return those to set; empty when all is right
    static Map<String, String> olderLabels(Node node) {
        Map<String, String> missing = new TreeMap<>();
        for (String name : List.of("os", "arch")) {
            String value = node.metadata().labels().get("kubernetes.io/" + name);
            String older = "beta.kubernetes.io/" + name;
            if (value != null && !value.equals(node.metadata().labels().get(older))) {
                missing.put(older, value);
            }
        }
        return missing;
    }

    private static List<NodeCondition> unknown(Node node, Instant now) {
        List<NodeCondition> conditions = new ArrayList<>(node.status().conditions());
        for (String type : KUBELET_CONDITIONS) {
            Optional<NodeCondition> before =
                    conditions.stream().filter(c -> c.type().equals(type)).findFirst();
            if (before.isEmpty()) {
                conditions.add(new NodeCondition(
                        type,
                        "Unknown",
                        node.metadata().creationTimestamp(),
                        now,
                        "NodeStatusNeverUpdated",
                        "Kubelet never posted node status."));
            } else if (!before.get().status().equals("Unknown")) {
                conditions.set(
                        conditions.indexOf(before.get()),
                        new NodeCondition(
                                type,
                                "Unknown",
                                before.get().lastHeartbeatTime(),
                                now,
                                "NodeStatusUnknown",
                                "Kubelet stopped posting node status."));
            }
        }
        return conditions;
    }

    private static List<Taint> taints(Node node, List<NodeCondition> conditions, boolean mayEvict, Instant now) {
        List<Taint> taints = new ArrayList<>(node.spec().taints());
        String ready = readiness(conditions);
        set(taints, NOT_READY, "NoSchedule", ready.equals("False") || ready.isEmpty(), now);
        set(taints, UNREACHABLE, "NoSchedule", ready.equals("Unknown"), now);
        set(taints, NOT_READY, "NoExecute", ready.equals("False") && mayEvict, now);
        set(taints, UNREACHABLE, "NoExecute", ready.equals("Unknown") && mayEvict, now);
        PRESSURE_TAINTS.forEach((type, key) -> set(taints, key, "NoSchedule", isTrue(conditions, type), now));
        set(taints, UNSCHEDULABLE, "NoSchedule", flag(node.spec().unschedulable()), now);
        return taints;
    }

    private static boolean isTrue(List<NodeCondition> conditions, String type) {
        return conditions.stream()
                .anyMatch(c -> c.type().equals(type) && c.status().equals("True"));
    }

    private static void set(List<Taint> taints, String key, String effect, boolean wanted, Instant now) {
        boolean present =
                taints.stream().anyMatch(t -> t.key().equals(key) && t.effect().equals(effect));
        if (wanted && !present) {
            taints.add(new Taint(key, null, effect, now));
        } else if (!wanted && present) {
            taints.removeIf(t -> t.key().equals(key) && t.effect().equals(effect));
        }
    }
}
