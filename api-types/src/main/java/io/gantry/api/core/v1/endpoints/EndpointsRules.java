package io.gantry.api.core.v1.endpoints;

import static io.gantry.api.validation.References.text;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindRules;
import io.gantry.api.kind.Names;
import io.gantry.api.validation.EndpointAddresses;
import io.gantry.api.validation.Numbers;
import io.gantry.api.validation.References;
import java.util.List;

/// Rules of Endpoints (upstream `ValidateEndpoints`).
public final class EndpointsRules implements KindRules<Endpoints> {
    @Override
    public void validate(Endpoints object, FieldErrors errors) {
        for (int i = 0; i < object.subsets().size(); i++) {
            EndpointSubset subset = object.subsets().get(i);
            String at = "subsets[" + i + "]";
            if (subset.addresses().isEmpty() && subset.notReadyAddresses().isEmpty()) {
                errors.required(at, "must specify `addresses` or `notReadyAddresses`");
            }
            addresses(subset.addresses(), at + ".addresses", errors);
            addresses(subset.notReadyAddresses(), at + ".notReadyAddresses", errors);
            ports(subset.ports(), at + ".ports", errors);
        }
    }

    @Override
    public List<String> warnings(Endpoints object) {
        return object.subsets().isEmpty()
                ? List.of()
                : List.of("v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice");
    }

    private static void addresses(List<EndpointAddress> addresses, String path, FieldErrors errors) {
        for (int i = 0; i < addresses.size(); i++) {
            EndpointAddress address = addresses.get(i);
            String at = path + "[" + i + "]";
            References.ip(address.ip(), at + ".ip", errors);
            References.optional(address.hostname(), Names::label, at + ".hostname", errors);
            References.present(address.nodeName(), Names::subdomain, at + ".nodeName", errors);
            EndpointAddresses.notSpecial(text(address.ip()), at + ".ip", errors);
        }
    }

    private static void ports(List<EndpointPort> ports, String path, FieldErrors errors) {
        for (int i = 0; i < ports.size(); i++) {
            EndpointPort port = ports.get(i);
            String at = path + "[" + i + "]";
            if (ports.size() > 1) {
                References.requiredFormat(port.name(), Names::label, at + ".name", errors);
            } else {
                References.optional(port.name(), Names::label, at + ".name", errors);
            }
            Numbers.port(port.port() == null ? 0 : port.port(), at + ".port", errors);
            References.present(port.appProtocol(), Names::qualified, at + ".appProtocol", errors);
        }
    }
}
