package io.gantry.kubeproxy.policy;

import io.gantry.api.networking.v1.networkpolicy.NetworkPolicyPort;
import io.gantry.api.resource.IntOrString;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/// The ports of one rule of a policy, as nft matches.
///
/// @param matches one of them must match; empty matches all traffic
/// @param named ports by name, with their protocol: `tcp/http`
/// @param dns the protocols (`tcp`, `udp`) whose port 53 is among them
record PolicyPorts(List<String> matches, List<String> named, List<String> dns) {
    private static final int DNS_PORT = 53;

    /// @param setOf the set of `address . protocol . port` of a named port
    static PolicyPorts of(List<NetworkPolicyPort> ports) {
        if (ports.isEmpty()) {
            return new PolicyPorts(List.of(""), List.of(), List.of("tcp", "udp"));
        }
        List<String> matches = new ArrayList<>();
        List<String> named = new ArrayList<>();
        List<String> dns = new ArrayList<>();
        for (NetworkPolicyPort port : ports) {
            String protocol = Objects.requireNonNullElse(port.protocol(), "TCP").toLowerCase(Locale.ROOT);
            switch (port.port()) {
                case null -> {
                    matches.add("meta l4proto " + protocol + " ");
                    dns.add(protocol);
                }
                case IntOrString.Int number -> {
                    int last = Objects.requireNonNullElse(port.endPort(), number.value());
                    matches.add(
                            protocol + " dport " + number.value() + (last > number.value() ? "-" + last : "") + " ");
                    if (number.value() <= DNS_PORT && last >= DNS_PORT) {
                        dns.add(protocol);
                    }
                }
                case IntOrString.Text name -> {
                    named.add(protocol + "/" + name.value());
                    if (name.value().equals("dns") || name.value().equals("dns-tcp")) {
                        dns.add(protocol);
                    }
                }
            }
        }
        return new PolicyPorts(matches, named, dns);
    }
}
