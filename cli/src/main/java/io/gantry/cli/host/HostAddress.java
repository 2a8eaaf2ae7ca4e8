package io.gantry.cli.host;

import io.gantry.api.Json;
import io.gantry.cli.CliException;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// The address by which this machine is reached.
public final class HostAddress {
    private static final long SECONDS = 5;

    private HostAddress() {}

    /// The source address of the default route, else the first global IPv4 address.
    public static String detect() {
        Command.Result routes = Command.run(SECONDS, List.of("ip", "-j", "-4", "route", "show", "default"));
        Command.Result addresses = Command.run(SECONDS, List.of("ip", "-j", "-4", "addr", "show", "scope", "global"));
        if (!addresses.ok()) {
            throw new CliException("cannot list this machine's addresses: " + addresses.output());
        }
        return choose(routes.ok() ? routes.output() : "[]", addresses.output());
    }

    /// Chooses from the JSON of `ip route` and `ip addr`.
    static String choose(String routes, String addresses) {
        JsonNode links = Json.MAPPER.readTree(addresses);
        for (JsonNode route : Json.MAPPER.readTree(routes)) {
            if (route.hasNonNull("prefsrc")) {
                return route.path("prefsrc").stringValue();
            }
            for (JsonNode link : links) {
                if (link.path("ifname").equals(route.path("dev"))) {
                    return first(link);
                }
            }
        }
        for (JsonNode link : links) {
            String address = first(link);
            if (!address.isEmpty()) {
                return address;
            }
        }
        throw new CliException("this machine has no IPv4 address but loopback: give it one, or say --node-ip");
    }

    private static String first(JsonNode link) {
        for (JsonNode info : link.path("addr_info")) {
            if (info.path("family").stringValue("").equals("inet")) {
                return info.path("local").stringValue("");
            }
        }
        return "";
    }
}
