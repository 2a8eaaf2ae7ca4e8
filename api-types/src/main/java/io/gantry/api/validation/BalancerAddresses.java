package io.gantry.api.validation;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.Names;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Where a load balancer can be reached, in the status of Services and Ingresses (upstream
/// `ValidateLoadBalancerStatus`, `ValidateIngressLoadBalancerStatus`). What was there before stays good.
public final class BalancerAddresses {
    private static final String PATH = "status.loadBalancer.ingress";
    private static final List<String> MODES = List.of("Proxy", "VIP");

    private BalancerAddresses() {}

    /// Of an Ingress.
    public static void ofIngress(JsonNode object, JsonNode old, FieldErrors errors) {
        check(object, old, false, errors);
    }

    /// Of a Service, which must have a balancer for it.
    public static void ofService(JsonNode object, JsonNode old, FieldErrors errors) {
        if (!object.path("spec").path("type").asString("").equals("LoadBalancer")
                && !addresses(object).isEmpty()) {
            errors.forbidden(PATH, "may only be used when `spec.type` is 'LoadBalancer'");
            return;
        }
        check(object, old, true, errors);
    }

    private static JsonNode addresses(JsonNode object) {
        return object.path("status").path("loadBalancer").path("ingress");
    }

    private static void check(JsonNode object, JsonNode old, boolean hasMode, FieldErrors errors) {
        Set<String> known = new HashSet<>();
        addresses(old).values().forEach(address -> known.add(address.path("ip").asString("")));
        JsonNode addresses = addresses(object);
        for (int i = 0; i < addresses.size(); i++) {
            JsonNode address = addresses.get(i);
            String at = PATH + "[" + i + "]";
            String ip = address.path("ip").asString("");
            if (!ip.isEmpty() && !known.contains(ip)) {
                References.ip(ip, at + ".ip", errors);
            }
            if (hasMode) {
                mode(address, ip, at + ".ipMode", errors);
            }
            hostname(address.path("hostname").asString(""), at + ".hostname", errors);
        }
    }

    private static void mode(JsonNode address, String ip, String path, FieldErrors errors) {
        if (!address.hasNonNull("ipMode")) {
            if (!ip.isEmpty()) {
                errors.required(path, "must be specified when `ip` is set");
            }
        } else if (ip.isEmpty()) {
            errors.forbidden(path, "may not be specified when `ip` is not set");
        } else if (!MODES.contains(address.path("ipMode").asString(""))) {
            errors.notSupported(path, address.path("ipMode").asString(""), MODES);
        }
    }

    private static void hostname(String hostname, String path, FieldErrors errors) {
        if (!hostname.isEmpty()) {
            Names.subdomain(hostname).forEach(wrong -> errors.invalid(path, hostname, wrong));
            if (References.isIp(hostname)) {
                errors.invalid(path, hostname, "must be a DNS name, not an IP address");
            }
        }
    }
}
