package io.gantry.api.core.v1.node;

import io.gantry.api.kind.Column;
import io.gantry.api.printer.Cells;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/// The columns of nodes (upstream `printNode`).
final class NodeColumns {
    private static final String ROLE_PREFIX = "node-role.kubernetes.io/";
    private static final String ROLE_LABEL = "kubernetes.io/role";

    /// What the columns look at.
    static final List<String> PATHS = List.of(
            "metadata.name",
            "metadata.labels",
            "metadata.creationTimestamp",
            "spec.unschedulable",
            "status.conditions",
            "status.addresses",
            "status.nodeInfo");

    private NodeColumns() {}

    static List<Column> all() {
        return List.of(
                Column.text("Status", "The state of the node.", (node, now) -> status(node)),
                Column.text("Roles", "The roles of the node.", (node, now) -> roles(node)),
                Column.age(),
                Column.text("Version", "Version of the kubelet.", Cells.text("status.nodeInfo.kubeletVersion")),
                Column.text("Internal-IP", "Address inside the cluster.", (node, now) -> address(node, "InternalIP"))
                        .wide(),
                Column.text("External-IP", "Address outside the cluster.", (node, now) -> address(node, "ExternalIP"))
                        .wide(),
                Column.text("OS-Image", "Operating system.", Cells.text("status.nodeInfo.osImage", Cells.UNKNOWN))
                        .wide(),
                Column.text(
                                "Kernel-Version",
                                "Version of the kernel.",
                                Cells.text("status.nodeInfo.kernelVersion", Cells.UNKNOWN))
                        .wide(),
                Column.text(
                                "Container-Runtime",
                                "Container runtime and its version.",
                                Cells.text("status.nodeInfo.containerRuntimeVersion", Cells.UNKNOWN))
                        .wide());
    }

    private static String status(JsonNode node) {
        List<String> status = new ArrayList<>();
        for (JsonNode condition : node.path("status").path("conditions")) {
            if (condition.path("type").asString("").equals("Ready")) {
                status.add(condition.path("status").asString("").equals("True") ? "Ready" : "NotReady");
            }
        }
        if (status.isEmpty()) {
            status.add("Unknown");
        }
        if (node.path("spec").path("unschedulable").asBoolean(false)) {
            status.add("SchedulingDisabled");
        }
        return String.join(",", status);
    }

    private static String roles(JsonNode node) {
        TreeSet<String> roles = new TreeSet<>();
        node.path("metadata").path("labels").properties().forEach(label -> {
            String key = label.getKey();
            if (key.startsWith(ROLE_PREFIX) && key.length() > ROLE_PREFIX.length()) {
                roles.add(key.substring(ROLE_PREFIX.length()));
            } else if (key.equals(ROLE_LABEL) && !label.getValue().asString("").isEmpty()) {
                roles.add(label.getValue().asString(""));
            }
        });
        return roles.isEmpty() ? Cells.NONE : String.join(",", roles);
    }

    private static String address(JsonNode node, String type) {
        for (JsonNode address : node.path("status").path("addresses")) {
            if (address.path("type").asString("").equals(type)) {
                return address.path("address").asString("");
            }
        }
        return Cells.NONE;
    }
}
