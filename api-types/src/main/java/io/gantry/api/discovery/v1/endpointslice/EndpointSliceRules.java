package io.gantry.api.discovery.v1.endpointslice;

import static io.gantry.api.validation.References.text;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindRules;
import io.gantry.api.kind.Names;
import io.gantry.api.validation.EndpointAddresses;
import io.gantry.api.validation.Immutable;
import io.gantry.api.validation.References;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Rules of EndpointSlices (upstream `pkg/apis/discovery/validation`, which takes any number for a port).
public final class EndpointSliceRules implements KindRules<EndpointSlice> {
    private static final int MAX_ENDPOINTS = 1000;
    private static final int MAX_ADDRESSES = 100;
    private static final int MAX_PORTS = 20000;
    private static final int MAX_ZONE_HINTS = 8;
    private static final int MAX_NODE_HINTS = 8;
    private static final List<String> ADDRESS_TYPES = List.of("FQDN", "IPv4", "IPv6");

    @Override
    public void validate(EndpointSlice object, FieldErrors errors) {
        String type = text(object.addressType());
        if (type.isEmpty()) {
            errors.required("addressType", "");
        } else {
            References.oneOf(type, ADDRESS_TYPES, "addressType", errors);
        }
        endpoints(object.endpoints(), type, errors);
        ports(object.ports(), errors);
    }

    @Override
    public void validateUpdate(EndpointSlice object, EndpointSlice old, FieldErrors errors) {
        Immutable.check(object.addressType(), old.addressType(), "addressType", errors);
    }

    private static void endpoints(List<Endpoint> endpoints, String type, FieldErrors errors) {
        if (endpoints.size() > MAX_ENDPOINTS) {
            errors.tooMany("endpoints", endpoints.size(), MAX_ENDPOINTS);
            return;
        }
        for (int i = 0; i < endpoints.size(); i++) {
            Endpoint endpoint = endpoints.get(i);
            String at = "endpoints[" + i + "]";
            if (endpoint.addresses().isEmpty()) {
                errors.required(at + ".addresses", "must contain at least 1 address");
            } else if (endpoint.addresses().size() > MAX_ADDRESSES) {
                errors.tooMany(at + ".addresses", endpoint.addresses().size(), MAX_ADDRESSES);
            }
            for (int a = 0; a < endpoint.addresses().size(); a++) {
                address(endpoint.addresses().get(a), type, at + ".addresses[" + a + "]", errors);
            }
            References.present(endpoint.nodeName(), Names::subdomain, at + ".nodeName", errors);
            References.present(endpoint.hostname(), Names::label, at + ".hostname", errors);
            hints(endpoint, at + ".hints", errors);
        }
    }

    private static void address(String address, String type, String path, FieldErrors errors) {
        switch (type) {
            case "IPv4" -> {
                References.ip(address, path, errors);
                if (References.isIpv6(address)) {
                    errors.invalid(path, address, "must be an IPv4 address");
                }
                EndpointAddresses.notSpecial(address, path, errors);
            }
            case "IPv6" -> {
                References.ip(address, path, errors);
                if (References.isIpv4(address)) {
                    errors.invalid(path, address, "must be an IPv6 address");
                }
                EndpointAddresses.notSpecial(address, path, errors);
            }
            case "FQDN" -> References.format(address, Names::subdomain, path, errors);
            default -> {}
        }
    }

    private static void hints(Endpoint endpoint, String path, FieldErrors errors) {
        if (endpoint.hints() == null) {
            return;
        }
        List<ForZone> zones = endpoint.hints().forZones();
        if (zones.size() > MAX_ZONE_HINTS) {
            errors.tooMany(path, zones.size(), MAX_ZONE_HINTS);
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < zones.size(); i++) {
            String name = text(zones.get(i).name());
            if (!seen.add(name)) {
                errors.duplicate(path + ".forZones[" + i + "].name", name);
            } else {
                References.format(name, Names::labelValue, path + ".forZones[" + i + "].name", errors);
            }
        }
        nodes(endpoint.hints().forNodes(), path, errors);
    }

    private static void nodes(List<ForNode> nodes, String path, FieldErrors errors) {
        if (nodes.size() > MAX_NODE_HINTS) {
            errors.tooMany(path, nodes.size(), MAX_NODE_HINTS);
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < nodes.size(); i++) {
            String name = text(nodes.get(i).name());
            String at = path + ".forNodes[" + i + "].name";
            if (!seen.add(name)) {
                errors.duplicate(at, name);
            } else {
                References.format(name, Names::subdomain, at, errors);
            }
        }
    }

    private static void ports(List<EndpointPort> ports, FieldErrors errors) {
        if (ports.size() > MAX_PORTS) {
            errors.tooMany("ports", ports.size(), MAX_PORTS);
            return;
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < ports.size(); i++) {
            EndpointPort port = ports.get(i);
            String at = "ports[" + i + "]";
            String name = text(port.name());
            if (!names.add(name)) {
                errors.duplicate(at + ".name", name);
            }
            References.optional(name, Names::label, at + ".name", errors);
            References.present(port.appProtocol(), Names::qualified, at + ".appProtocol", errors);
        }
    }
}
