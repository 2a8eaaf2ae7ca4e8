package io.gantry.api.core.v1.service;

import io.gantry.api.kind.Column;
import io.gantry.api.printer.Cells;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// The columns of Services (upstream `printService`).
final class ServiceColumns {
    private ServiceColumns() {}

    static List<Column> all() {
        return List.of(
                Column.text("Type", "How the Service is exposed.", Cells.text("spec.type")),
                Column.text("Cluster-IP", "Address inside the cluster.", (service, now) -> clusterIp(service)),
                Column.text("External-IP", "Addresses outside the cluster.", (service, now) -> externalIp(service)),
                Column.text("Port(s)", "Ports, with their node ports.", (service, now) -> ports(service)),
                Column.age(),
                Column.text("Selector", "Labels of the pods that serve.", Cells.labels("spec.selector"))
                        .wide());
    }

    private static String clusterIp(JsonNode service) {
        String first = service.path("spec").path("clusterIPs").path(0).asString("");
        return first.isEmpty() ? Cells.textAt(service, "spec.clusterIP", Cells.NONE) : first;
    }

    private static String externalIp(JsonNode service) {
        JsonNode spec = service.path("spec");
        List<String> addresses = new ArrayList<>();
        String type = spec.path("type").asString("ClusterIP");
        if (type.equals("ExternalName")) {
            return spec.path("externalName").asString("");
        }
        if (type.equals("LoadBalancer")) {
            for (JsonNode ingress : service.path("status").path("loadBalancer").path("ingress")) {
                String ip = ingress.path("ip").asString("");
                addresses.add(ip.isEmpty() ? ingress.path("hostname").asString("") : ip);
            }
        }
        spec.path("externalIPs").forEach(ip -> addresses.add(ip.asString("")));
        if (addresses.isEmpty()) {
            return type.equals("LoadBalancer") ? "<pending>" : Cells.NONE;
        }
        return String.join(",", addresses);
    }

    private static String ports(JsonNode service) {
        List<String> ports = new ArrayList<>();
        for (JsonNode port : service.path("spec").path("ports")) {
            long nodePort = port.path("nodePort").asLong(0);
            ports.add(port.path("port").asLong(0) + (nodePort > 0 ? ":" + nodePort : "") + "/"
                    + port.path("protocol").asString("TCP"));
        }
        return ports.isEmpty() ? Cells.NONE : String.join(",", ports);
    }
}
