package io.gantry.apiserver.service;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.validation.References;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The families of addresses that a Service asks for, where Services have IPv4 addresses alone (upstream
/// `initIPFamilyFields`).
final class ServiceFamilies {
    private static final String POLICY = "ipFamilyPolicy";
    private static final String FAMILIES = "ipFamilies";
    private static final String ONE = "SingleStack";
    private static final String BOTH = "RequireDualStack";

    private ServiceFamilies() {}

    /// What cannot be had. A Service with neither address nor selector may name any family: nothing is allocated.
    static void check(JsonNode spec, FieldErrors errors) {
        List<String> ips = addresses(spec);
        if (ips.contains(Held.NONE) && spec.path("selector").isEmpty()) {
            return;
        }
        JsonNode families = spec.path(FAMILIES);
        for (int i = families.size(); i < ips.size() && !ips.get(i).equals(Held.NONE); i++) {
            if (!References.isIpv4(ips.get(i))) {
                errors.invalid("spec.clusterIPs[" + i + "]", ips, "IPv6 is not configured on this cluster");
            }
        }
        String policy = spec.path(POLICY).asString("");
        if (policy.equals(BOTH)) {
            errors.invalid("spec.ipFamilyPolicy", policy, "this cluster is not configured for dual-stack services");
        }
        for (int i = 0; i < families.size(); i++) {
            String family = families.get(i).asString("");
            if (!family.equals("IPv4")) {
                errors.invalid("spec.ipFamilies[" + i + "]", family, "not configured on this cluster");
            }
        }
    }

    /// Says what was not said: one family, save for a Service with neither address nor selector. Whoever writes its
    /// endpoints may write those of both.
    static void fill(ObjectNode spec) {
        boolean free = spec.path("clusterIP").asString("").equals(Held.NONE)
                && spec.path("selector").isEmpty();
        if (spec.path(POLICY).asString("").isEmpty()) {
            spec.put(POLICY, free ? BOTH : ONE);
        }
        ArrayNode families = spec.path(FAMILIES) instanceof ArrayNode given ? given : spec.putArray(FAMILIES);
        if (families.isEmpty()) {
            families.add("IPv4");
        }
        if (free && families.size() == 1 && !spec.path(POLICY).asString("").equals(ONE)) {
            families.add(families.get(0).asString("").equals("IPv4") ? "IPv6" : "IPv4");
        }
    }

    private static List<String> addresses(JsonNode spec) {
        List<String> ips = new ArrayList<>();
        spec.path("clusterIPs").forEach(ip -> ips.add(ip.asString("")));
        String first = spec.path("clusterIP").asString("");
        if (ips.isEmpty() && !first.isEmpty()) {
            ips.add(first);
        }
        return ips;
    }
}
