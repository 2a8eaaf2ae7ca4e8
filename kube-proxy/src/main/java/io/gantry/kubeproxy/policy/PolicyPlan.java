package io.gantry.kubeproxy.policy;

import static io.gantry.api.validation.References.text;

import io.gantry.api.core.v1.namespace.Namespace;
import io.gantry.api.discovery.v1.endpointslice.Endpoint;
import io.gantry.api.discovery.v1.endpointslice.EndpointPort;
import io.gantry.api.discovery.v1.endpointslice.EndpointSlice;
import io.gantry.api.networking.v1.networkpolicy.NetworkPolicy;
import io.gantry.api.networking.v1.networkpolicy.NetworkPolicyEgressRule;
import io.gantry.api.networking.v1.networkpolicy.NetworkPolicyIngressRule;
import io.gantry.api.networking.v1.networkpolicy.NetworkPolicyPeer;
import io.gantry.api.networking.v1.networkpolicy.NetworkPolicyPort;
import io.gantry.api.selector.LabelSelectors;
import io.gantry.component.Digests;
import io.gantry.kubeproxy.rules.Ruleset;
import io.gantry.kubeproxy.rules.Ruleset.Chain;
import io.gantry.kubeproxy.rules.Ruleset.NftSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// The filter rules of a node as a pure function of policies, pods and namespaces.
///
/// A packet of a new connection looks its pod up in a map (one for each direction); pods that no policy
/// isolates are not there. Pods with the same policies share a chain, which asks each policy's chain in
/// turn and then drops. Whom a peer means is a set of addresses, so that a pod that comes or goes changes
/// elements and no rule.
public final class PolicyPlan {
    private static final String ADDRESSES = "type ipv4_addr";
    private static final String ENDPOINTS = "type ipv4_addr . inet_proto . inet_service";
    private static final String ENDPOINT = "ip daddr . meta l4proto . th dport ";
    private static final String DNS_NAMESPACE = "kube-system";
    private static final Map<String, String> DNS_LABELS = Map.of("k8s-app", "kube-dns");
    private static final int HASH_BYTES = 6;
    private static final int MAX_NAME = 100;

    /// One side of the rules.
    private enum Direction {
        INGRESS("Ingress", "in", "ip saddr "),
        EGRESS("Egress", "out", "ip daddr ");

        private final String type;
        private final String prefix;
        private final String peer;

        Direction(String type, String prefix, String peer) {
            this.type = type;
            this.prefix = prefix;
            this.peer = peer;
        }
    }

    private record Rule(List<NetworkPolicyPeer> peers, List<NetworkPolicyPort> ports) {}

    private final PolicyWorld world;
    private final List<PolicyPod> pods;
    private final List<PolicyPod> here;
    private final PolicyPeers peers;
    private final Map<String, NftSet> sets = new LinkedHashMap<>();
    private final Map<String, Chain> chains = new LinkedHashMap<>();
    private final Map<String, TreeSet<String>> dns = new TreeMap<>();

    private PolicyPlan(PolicyWorld world) {
        this.world = world;
        this.pods = world.pods().stream()
                .flatMap(pod -> PolicyPod.of(pod, world.node()).stream())
                .sorted(Comparator.comparing(PolicyPod::ip))
                .toList();
        this.here = pods.stream().filter(PolicyPod::here).toList();
        Map<String, Map<String, String>> labels = new HashMap<>();
        for (Namespace namespace : world.namespaces()) {
            labels.put(text(namespace.metadata().name()), namespace.metadata().labels());
        }
        this.peers = PolicyPeers.of(labels, pods);
    }

    public static Ruleset of(PolicyWorld world) {
        PolicyPlan plan = new PolicyPlan(world);
        plan.addDns();
        TreeSet<String> own = new TreeSet<>();
        for (Direction direction : Direction.values()) {
            plan.addDirection(direction, own);
        }
        plan.sets.put("own", NftSet.set("type ipv4_addr . ipv4_addr", List.copyOf(own)));
        plan.addBaseChains();
        return new Ruleset(plan.sets, plan.chains);
    }

    private void addDirection(Direction direction, TreeSet<String> own) {
        Map<String, TreeSet<String>> policiesOfPod = new TreeMap<>();
        for (NetworkPolicy policy : world.policies()) {
            if (!policy.spec().policyTypes().contains(direction.type)) {
                continue;
            }
            String chain = chainName(direction, policy);
            boolean selected = false;
            for (PolicyPod pod : here) {
                if (pod.namespace().equals(text(policy.metadata().namespace()))
                        && LabelSelectors.matches(policy.spec().podSelector(), pod.labels())) {
                    policiesOfPod
                            .computeIfAbsent(pod.ip(), ip -> new TreeSet<>())
                            .add(chain);
                    own.add(pod.ip() + " . " + pod.ip());
                    selected = true;
                }
            }
            if (selected) {
                chains.put(chain, new Chain("", rules(direction, policy)));
            }
        }
        Map<String, String> elements = new TreeMap<>();
        policiesOfPod.forEach((ip, policies) -> elements.put(ip, "goto " + group(direction, policies)));
        sets.put(direction.prefix + "-pods", new NftSet(true, "type ipv4_addr : verdict", elements));
    }

    /// The chain of all pods that exactly these policies isolate.
    private String group(Direction direction, TreeSet<String> policies) {
        String name = direction.prefix + "-of-" + hash(String.join(",", policies));
        if (!chains.containsKey(name)) {
            List<String> rules = new ArrayList<>();
            policies.forEach(policy -> rules.add("jump " + policy));
            rules.add("drop");
            chains.put(name, new Chain("", rules));
        }
        return name;
    }

    private static String chainName(Direction direction, NetworkPolicy policy) {
        String name = text(policy.metadata().namespace()) + "/"
                + text(policy.metadata().name());
        String full = direction.prefix + "-" + hash(name) + "-" + name;
        return full.length() > MAX_NAME ? full.substring(0, MAX_NAME) : full;
    }

    private List<String> rules(Direction direction, NetworkPolicy policy) {
        String home = text(policy.metadata().namespace());
        List<Rule> rules = new ArrayList<>();
        if (direction == Direction.INGRESS) {
            for (NetworkPolicyIngressRule rule : policy.spec().ingress()) {
                rules.add(new Rule(rule.from(), rule.ports()));
            }
        } else {
            for (NetworkPolicyEgressRule rule : policy.spec().egress()) {
                rules.add(new Rule(rule.to(), rule.ports()));
            }
        }
        List<String> lines = new ArrayList<>();
        for (Rule rule : rules) {
            PolicyPorts ports = PolicyPorts.of(rule.ports());
            List<String> matches = new ArrayList<>(ports.matches());
            ports.named().forEach(named -> matches.add(ENDPOINT + "@" + namedPort(named) + " "));
            for (String peer : peerMatches(direction, rule.peers(), home)) {
                matches.forEach(match -> lines.add(peer + match + "accept"));
            }
            if (direction == Direction.EGRESS && meansDns(rule.peers(), home)) {
                ports.dns().stream()
                        .filter(dns::containsKey)
                        .forEach(protocol -> lines.add(ENDPOINT + "@dns-" + protocol + " accept"));
            }
        }
        return lines.stream().distinct().toList();
    }

    private List<String> peerMatches(Direction direction, List<NetworkPolicyPeer> all, String home) {
        if (all.isEmpty()) {
            return List.of("");
        }
        List<String> matches = new ArrayList<>();
        for (NetworkPolicyPeer peer : all) {
            if (peer.ipBlock() != null) {
                PolicyPeers.match(peer.ipBlock(), direction.peer.strip()).ifPresent(matches::add);
            } else {
                matches.add(direction.peer + "@" + peerSet(peer, home) + " ");
            }
        }
        return matches;
    }

    /// The set of the addresses that a peer means; peers that say the same share it.
    private String peerSet(NetworkPolicyPeer peer, String home) {
        String key = (peer.namespaceSelector() == null ? home : "") + "|" + peer.namespaceSelector() + "|"
                + peer.podSelector();
        String name = "peers-" + hash(key);
        if (!sets.containsKey(name)) {
            sets.put(name, NftSet.set(ADDRESSES, peers.addresses(peer, home)));
        }
        return name;
    }

    /// The set of all ports of that name: which pods are meant is said beside it.
    private String namedPort(String named) {
        String name = "port-" + named;
        if (!sets.containsKey(name)) {
            TreeSet<String> elements = new TreeSet<>();
            for (PolicyPod pod : pods) {
                for (PolicyPod.NamedPort port : pod.ports()) {
                    if (named.equals(port.protocol() + "/" + port.name())) {
                        elements.add(pod.ip() + " . " + port.protocol() + " . " + port.port());
                    }
                }
            }
            sets.put(name, NftSet.set(ENDPOINTS, List.copyOf(elements)));
        }
        return name;
    }

    /// The cluster's DNS runs on nodes at a port of its own; policies speak of it as pods `k8s-app=kube-dns` at port
    /// 53.
    private boolean meansDns(List<NetworkPolicyPeer> all, String home) {
        return all.isEmpty()
                || all.stream()
                        .anyMatch(peer -> peer.ipBlock() != null
                                ? PolicyPeers.holds(peer.ipBlock(), world.dnsIp())
                                : peers.means(peer, home, DNS_NAMESPACE, DNS_LABELS));
    }

    private void addDns() {
        for (EndpointSlice slice : world.dns()) {
            for (EndpointPort port : slice.ports()) {
                String protocol =
                        Objects.requireNonNullElse(port.protocol(), "TCP").toLowerCase(Locale.ROOT);
                Integer number = port.port();
                for (Endpoint endpoint : number == null ? List.<Endpoint>of() : slice.endpoints()) {
                    Optional<String> ip = endpoint.addresses().stream()
                            .filter(address -> !address.contains(":"))
                            .findFirst();
                    ip.ifPresent(address -> dns.computeIfAbsent(protocol, p -> new TreeSet<>())
                            .add(address + " . " + protocol + " . " + number));
                }
            }
        }
        dns.forEach((protocol, elements) -> sets.put("dns-" + protocol, NftSet.set(ENDPOINTS, List.copyOf(elements))));
    }

    /// After kube-proxy's own chains: services are translated by then. What leaves and what enters are two hooks, as a
    /// packet between two pods must pass both. Packets of the node itself to its pods come by neither.
    private void addBaseChains() {
        base("forward", "5", "out", "ip saddr");
        base("input", "5", "out", "ip saddr");
        base("forward", "6", "in", "ip daddr");
    }

    private void base(String hook, String priority, String map, String field) {
        chains.put(
                map + "-" + hook,
                new Chain(
                        "type filter hook " + hook + " priority " + priority,
                        List.of(
                                "ct state established,related accept",
                                "ip saddr . ip daddr @own accept",
                                field + " vmap @" + map + "-pods")));
    }

    private static String hash(String text) {
        return Digests.shortHex(text, HASH_BYTES);
    }
}
