package io.gantry.kubeproxy.rules;

import io.gantry.kubeproxy.rules.Ruleset.Chain;
import io.gantry.kubeproxy.rules.Ruleset.NftSet;
import io.gantry.kubeproxy.service.Backend;
import io.gantry.kubeproxy.service.HostPortMapping;
import io.gantry.kubeproxy.service.ServicePortInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// The ruleset of a node as a pure function of services, host ports and the node's network.
///
/// Entry points look up maps keyed by address, protocol and port, so the cost of a packet does not grow
/// with the number of services, and a change of one service changes one chain and a few map elements.
public final class RulesetPlan {
    /// Marks packets whose source is translated when they leave.
    static final String MASQUERADE_MARK = "0x4000";

    private static final String BY_ADDRESS = "type ipv4_addr . inet_proto . inet_service : ";
    private static final String BY_PORT = "type inet_proto . inet_service : ";

    private final NodeNetwork network;
    private final Map<String, NftSet> sets = new LinkedHashMap<>();
    private final Map<String, Chain> chains = new LinkedHashMap<>();
    private final Map<String, String> serviceIps = new TreeMap<>();
    private final Map<String, String> nodePorts = new TreeMap<>();
    private final Map<String, String> closedIps = new TreeMap<>();
    private final Map<String, String> closedNodePorts = new TreeMap<>();
    private final Map<String, String> guardedIps = new TreeMap<>();
    private final TreeSet<String> clusterIps = new TreeSet<>();
    private final TreeSet<String> hairpins = new TreeSet<>();
    private final Map<String, String> hostPorts = new TreeMap<>();
    private final Map<String, String> hostPortsByIp = new TreeMap<>();

    private RulesetPlan(NodeNetwork network) {
        this.network = network;
    }

    public static Ruleset of(List<ServicePortInfo> services, List<HostPortMapping> hostPorts, NodeNetwork network) {
        RulesetPlan plan = new RulesetPlan(network);
        services.forEach(plan::addService);
        hostPorts.forEach(plan::addHostPort);
        plan.addMaps();
        plan.addBaseChains();
        return new Ruleset(plan.sets, plan.chains);
    }

    private void addService(ServicePortInfo service) {
        ServiceChains made = ServiceChains.of(service, network);
        chains.putAll(made.chains());
        sets.putAll(made.sets());
        clusterIps.add(service.clusterIp());
        String key = " . " + service.name().protocol() + " . " + service.port();
        enter(service.clusterIp() + key, made.internal(), serviceIps, closedIps);
        service.externalIps().forEach(ip -> enter(ip + key, made.external(), serviceIps, closedIps));
        made.guard()
                .ifPresent(chain ->
                        service.sources().addresses().forEach(ip -> guardedIps.putIfAbsent(ip + key, "goto " + chain)));
        if (service.nodePort() > 0) {
            enter(service.name().protocol() + " . " + service.nodePort(), made.external(), nodePorts, closedNodePorts);
        }
        for (Backend backend : service.backends()) {
            if (backend.local()) {
                hairpins.add(backend.ip() + " . " + backend.ip());
            }
        }
    }

    private static void enter(
            String key, ServiceChains.Entry entry, Map<String, String> open, Map<String, String> closed) {
        switch (entry) {
            case ServiceChains.Goto(String chain) -> open.putIfAbsent(key, "goto " + chain);
            case ServiceChains.Reject _ -> closed.putIfAbsent(key, "goto reject-it");
            case ServiceChains.Drop _ -> closed.putIfAbsent(key, "drop");
        }
    }

    private void addHostPort(HostPortMapping mapping) {
        String key = mapping.protocol() + " . " + mapping.hostPort();
        String target = mapping.podIp() + " . " + mapping.containerPort();
        if (mapping.hostIp().isEmpty()) {
            hostPorts.putIfAbsent(key, target);
        } else {
            hostPortsByIp.putIfAbsent(mapping.hostIp() + " . " + key, target);
        }
        hairpins.add(mapping.podIp() + " . " + mapping.podIp());
    }

    private void addMaps() {
        sets.put("service-ips", new NftSet(true, BY_ADDRESS + "verdict", serviceIps));
        sets.put("service-nodeports", new NftSet(true, BY_PORT + "verdict", nodePorts));
        sets.put("closed-service-ips", new NftSet(true, BY_ADDRESS + "verdict", closedIps));
        sets.put("closed-nodeports", new NftSet(true, BY_PORT + "verdict", closedNodePorts));
        sets.put("hostports", new NftSet(true, BY_PORT + "ipv4_addr . inet_service", hostPorts));
        sets.put("hostports-by-ip", new NftSet(true, BY_ADDRESS + "ipv4_addr . inet_service", hostPortsByIp));
        sets.put("guarded-ips", new NftSet(true, BY_ADDRESS + "verdict", guardedIps));
        sets.put("cluster-ips", NftSet.set("type ipv4_addr", List.copyOf(clusterIps)));
        sets.put("hairpins", NftSet.set("type ipv4_addr . ipv4_addr", List.copyOf(hairpins)));
    }

    private void addBaseChains() {
        String transport = "meta l4proto { tcp, udp, sctp } ";
        chain("mark-for-masquerade", "meta mark set meta mark or " + MASQUERADE_MARK);
        chain("reject-it", "reject");
        chain(
                "local-ports",
                transport + "dnat ip to ip daddr . meta l4proto . th dport map @hostports-by-ip",
                transport + "dnat ip to meta l4proto . th dport map @hostports",
                "meta l4proto . th dport vmap @service-nodeports");
        chain(
                "services",
                "ip daddr . meta l4proto . th dport vmap @service-ips",
                "fib daddr type local jump local-ports");
        chain(
                "closed-ports",
                "ip daddr . meta l4proto . th dport vmap @closed-service-ips",
                "ip daddr @cluster-ips goto reject-it",
                "fib daddr type local meta l4proto . th dport vmap @closed-nodeports");
        base("nat-prerouting", "type nat hook prerouting priority -100", "jump services");
        base("nat-output", "type nat hook output priority -100", "jump services");
        base("nat-postrouting", "type nat hook postrouting priority 100", postrouting());
        for (String hook : List.of("input", "forward", "output")) {
            base("filter-" + hook, "type filter hook " + hook + " priority 0", filter(hook));
        }
        // Before the addresses are translated: afterwards nothing tells which one was asked for.
        for (String hook : List.of("prerouting", "output")) {
            base(
                    "guard-" + hook,
                    "type filter hook " + hook + " priority -110",
                    "ct state new ip daddr . meta l4proto . th dport vmap @guarded-ips");
        }
        // With route_localnet another host could reach 127.0.0.1 of this one (CVE-2020-8558).
        base(
                "raw-prerouting",
                "type filter hook prerouting priority -300",
                "iif != lo ip daddr 127.0.0.0/8 drop",
                "iif != lo ip saddr 127.0.0.0/8 drop");
    }

    /// What is left for an address of no Service is dropped, as upstream's proxy does, lest a router answers for it.
    private String[] filter(String hook) {
        String closed = "ct state new jump closed-ports";
        return hook.equals("input") || network.serviceCidrs().isEmpty()
                ? new String[] {closed}
                : new String[] {
                    closed, "ct state new ip daddr { " + String.join(", ", network.serviceCidrs()) + " } drop"
                };
    }

    private String[] postrouting() {
        List<String> rules = new ArrayList<>();
        String masquerade = "masquerade fully-random";
        rules.add("meta mark and " + MASQUERADE_MARK + " != 0 meta mark set meta mark xor " + MASQUERADE_MARK + " "
                + masquerade);
        rules.add("ct status dnat ip saddr . ip daddr @hairpins " + masquerade);
        rules.add("ct status dnat ip saddr 127.0.0.0/8 " + masquerade);
        if (!network.bridgeFiltered() && !network.nodePodCidr().isEmpty()) {
            rules.add("ct status dnat ip saddr " + network.nodePodCidr() + " ip daddr " + network.nodePodCidr() + " "
                    + masquerade);
        }
        if (!network.clusterCidr().isEmpty()) {
            rules.add("ip saddr " + network.clusterCidr() + " ip daddr != { " + network.clusterCidr()
                    + ", 224.0.0.0/4 } " + masquerade);
        }
        return rules.toArray(String[]::new);
    }

    private void chain(String name, String... rules) {
        base(name, "", rules);
    }

    private void base(String name, String hook, String... rules) {
        chains.put(name, new Chain(hook, List.of(rules)));
    }
}
