package io.gantry.api.printer;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Addresses and ports of endpoints in few words (upstream `formatEndpoints`, `formatDiscoveryEndpoints`).
public final class EndpointText {
    private static final int SHOWN = 3;

    private EndpointText() {}

    /// Addresses with ports of an Endpoints object.
    public static String endpoints(JsonNode endpoints) {
        List<String> all = new ArrayList<>();
        for (JsonNode subset : endpoints.path("subsets")) {
            if (subset.path("ports").isEmpty()) {
                subset.path("addresses").forEach(a -> all.add(a.path("ip").asString("")));
            }
            for (JsonNode port : subset.path("ports")) {
                for (JsonNode address : subset.path("addresses")) {
                    all.add(hostPort(
                            address.path("ip").asString(""), port.path("port").asLong(0)));
                }
            }
        }
        return firstOf(all, Cells.NONE);
    }

    /// Addresses of an EndpointSlice.
    public static String sliceAddresses(JsonNode slice) {
        List<String> all = new ArrayList<>();
        for (JsonNode endpoint : slice.path("endpoints")) {
            endpoint.path("addresses").forEach(a -> all.add(a.asString("")));
        }
        return firstOf(all, Cells.UNSET);
    }

    /// Ports of an EndpointSlice.
    public static String slicePorts(JsonNode slice) {
        List<String> all = new ArrayList<>();
        slice.path("ports").forEach(p -> all.add(p.path("port").asString("*")));
        return firstOf(all, Cells.UNSET);
    }

    private static String hostPort(String ip, long port) {
        return ip.contains(":") ? "[" + ip + "]:" + port : ip + ":" + port;
    }

    private static String firstOf(List<String> all, String none) {
        if (all.isEmpty()) {
            return none;
        }
        String shown = String.join(",", all.subList(0, Math.min(SHOWN, all.size())));
        return all.size() > SHOWN ? shown + " + " + (all.size() - SHOWN) + " more..." : shown;
    }
}
