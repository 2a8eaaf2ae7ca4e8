package io.gantry.api.networking.v1.ingress;

import io.gantry.api.kind.Column;
import io.gantry.api.printer.Cells;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// The columns of Ingresses (upstream `printIngress`).
final class IngressColumns {
    private static final int SHOWN = 3;

    private IngressColumns() {}

    static List<Column> all() {
        return List.of(
                Column.text("Class", "The class of the Ingress.", Cells.text("spec.ingressClassName", Cells.NONE)),
                Column.text("Hosts", "Hosts that the rules are for.", (ingress, now) -> hosts(ingress)),
                Column.text("Address", "Where the Ingress listens.", (ingress, now) -> address(ingress)),
                Column.text(
                        "Ports",
                        "Ports that are open.",
                        (ingress, now) -> ingress.path("spec").path("tls").isEmpty() ? "80" : "80, 443"),
                Column.age());
    }

    private static String hosts(JsonNode ingress) {
        List<String> hosts = new ArrayList<>();
        for (JsonNode rule : ingress.path("spec").path("rules")) {
            String host = rule.path("host").asString("");
            if (!host.isEmpty()) {
                hosts.add(host);
            }
        }
        if (hosts.isEmpty()) {
            return "*";
        }
        String shown = String.join(",", hosts.subList(0, Math.min(SHOWN, hosts.size())));
        return hosts.size() > SHOWN ? shown + " + " + (hosts.size() - SHOWN) + " more..." : shown;
    }

    private static String address(JsonNode ingress) {
        List<String> addresses = new ArrayList<>();
        for (JsonNode one : ingress.path("status").path("loadBalancer").path("ingress")) {
            String ip = one.path("ip").asString("");
            addresses.add(ip.isEmpty() ? one.path("hostname").asString("") : ip);
        }
        return String.join(",", addresses);
    }
}
