package io.gantry.api.networking.v1.networkpolicy;

import static io.gantry.api.validation.References.text;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindRules;
import io.gantry.api.networking.AddressRange;
import io.gantry.api.resource.IntOrString;
import io.gantry.api.validation.LabelValidation;
import io.gantry.api.validation.Numbers;
import io.gantry.api.validation.References;
import io.gantry.api.validation.TextForms;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Rules of NetworkPolicies (upstream `ValidateNetworkPolicy`).
public final class NetworkPolicyRules implements KindRules<NetworkPolicy> {
    private static final List<String> PROTOCOLS = List.of("TCP", "UDP", "SCTP");

    @Override
    public void defaults(ObjectNode object) {
        if (object.path("spec") instanceof ObjectNode spec
                && spec.path("policyTypes").isEmpty()) {
            ArrayNode types = spec.putArray("policyTypes").add("Ingress");
            if (!spec.path("egress").isEmpty()) {
                types.add("Egress");
            }
        }
    }

    @Override
    public void validate(NetworkPolicy object, FieldErrors errors) {
        NetworkPolicySpec spec = object.spec();
        LabelValidation.selector(spec.podSelector(), "spec.podSelector", errors);
        for (int i = 0; i < spec.ingress().size(); i++) {
            ports(spec.ingress().get(i).ports(), "spec.ingress[" + i + "].ports", errors);
            peers(spec.ingress().get(i).from(), "spec.ingress[" + i + "].from", errors);
        }
        for (int i = 0; i < spec.egress().size(); i++) {
            ports(spec.egress().get(i).ports(), "spec.egress[" + i + "].ports", errors);
            peers(spec.egress().get(i).to(), "spec.egress[" + i + "].to", errors);
        }
        if (spec.policyTypes().size() > 2) {
            errors.invalid("spec.policyTypes", spec.policyTypes(), "may not specify more than two policyTypes");
        }
    }

    private static void ports(List<NetworkPolicyPort> ports, String path, FieldErrors errors) {
        for (int i = 0; i < ports.size(); i++) {
            NetworkPolicyPort port = ports.get(i);
            String at = path + "[" + i + "]";
            Integer end = port.endPort();
            if (port.protocol() != null && !PROTOCOLS.contains(port.protocol())) {
                errors.notListed(at + ".protocol", port.protocol(), PROTOCOLS);
            }
            switch (port.port()) {
                case null -> {
                    if (end != null) {
                        errors.invalid(at + ".endPort", end, "may not be specified when `port` is not specified");
                    }
                }
                case IntOrString.Int number -> {
                    Numbers.port(number.value(), at + ".port", errors);
                    if (end != null) {
                        Numbers.port(end, at + ".endPort", errors);
                        if (end < number.value()) {
                            errors.invalid(at + ".endPort", end, "must be greater than or equal to `port`");
                        }
                    }
                }
                case IntOrString.Text name -> {
                    References.format(name.value(), TextForms::portName, at + ".port", errors);
                    if (end != null) {
                        errors.invalid(at + ".endPort", end, "may not be specified when `port` is non-numeric");
                    }
                }
            }
        }
    }

    private static void peers(List<NetworkPolicyPeer> peers, String path, FieldErrors errors) {
        for (int i = 0; i < peers.size(); i++) {
            NetworkPolicyPeer peer = peers.get(i);
            String at = path + "[" + i + "]";
            boolean selects = peer.podSelector() != null || peer.namespaceSelector() != null;
            LabelValidation.selector(peer.podSelector(), at + ".podSelector", errors);
            LabelValidation.selector(peer.namespaceSelector(), at + ".namespaceSelector", errors);
            if (peer.ipBlock() != null) {
                block(peer.ipBlock(), at + ".ipBlock", errors);
                if (selects) {
                    errors.forbidden(at, "may not specify both ipBlock and another peer");
                }
            } else if (!selects) {
                errors.required(at, "must specify a peer");
            }
        }
    }

    private static void block(IPBlock block, String at, FieldErrors errors) {
        if (text(block.cidr()).isEmpty()) {
            errors.required(at + ".cidr", "");
            return;
        }
        References.cidr(block.cidr(), at + ".cidr", errors);
        Optional<AddressRange> whole = AddressRange.parse(block.cidr());
        for (int i = 0; i < block.except().size(); i++) {
            String except = block.except().get(i);
            String path = at + ".except[" + i + "]";
            References.cidr(except, path, errors);
            Optional<AddressRange> hole = AddressRange.parse(except);
            if (whole.isPresent() && hole.isPresent() && !whole.get().strictlyContains(hole.get())) {
                errors.invalid(path, except, "must be a strict subset of `cidr`");
            }
        }
    }
}
