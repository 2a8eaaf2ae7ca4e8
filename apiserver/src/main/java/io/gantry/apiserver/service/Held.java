package io.gantry.apiserver.service;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// What a Service has.
record Held(Set<String> ips, Set<Integer> ports) {
    static final String NONE = "None";
    static final Held NOTHING = new Held(Set.of(), Set.of());

    Held {
        ips = Set.copyOf(ips);
        ports = Set.copyOf(ports);
    }

    static Held of(JsonNode service) {
        JsonNode spec = service.path("spec");
        Set<String> addresses = new HashSet<>();
        if (!spec.path("type").asString("").equals("ExternalName")) {
            spec.path("clusterIPs").forEach(ip -> addresses.add(ip.asString("")));
            addresses.add(spec.path("clusterIP").asString(""));
        }
        List.of("", NONE).forEach(addresses::remove);
        Set<Integer> numbers = new HashSet<>();
        spec.path("ports").forEach(port -> numbers.add(port.path("nodePort").asInt(0)));
        numbers.add(spec.path("healthCheckNodePort").asInt(0));
        numbers.remove(0);
        return new Held(addresses, numbers);
    }
}
