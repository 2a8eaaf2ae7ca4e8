package io.gantry.kubeproxy.rules;

import io.gantry.component.Digests;
import io.gantry.kubeproxy.rules.Ruleset.Chain;
import io.gantry.kubeproxy.rules.Ruleset.NftSet;
import io.gantry.kubeproxy.service.Backend;
import io.gantry.kubeproxy.service.ServicePortInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The chains of one service port and how traffic enters them.
///
/// @param internal for traffic to the cluster IP
/// @param external for traffic to node ports and external addresses
/// @param guard the chain that drops what may not use the load balancer's addresses; empty where all may
record ServiceChains(
        Map<String, Chain> chains, Map<String, NftSet> sets, Entry internal, Entry external, Optional<String> guard) {
    /// What happens to a packet for the service.
    sealed interface Entry {}

    record Goto(String chain) implements Entry {}

    /// Nobody serves it anywhere: tell the client.
    record Reject() implements Entry {}

    /// Nobody serves it here, but elsewhere: load balancers must look further.
    record Drop() implements Entry {}

    private static final int HASH_BYTES = 5;
    private static final int MAX_NAME = 120;

    static ServiceChains of(ServicePortInfo service, NodeNetwork network) {
        Maker maker = new Maker(service, network);
        Entry internal = maker.internal();
        Entry external = maker.external();
        return new ServiceChains(maker.chains, maker.sets, internal, external, maker.guard());
    }

    private static final class Maker {
        private final ServicePortInfo service;
        private final NodeNetwork network;
        private final Map<String, Chain> chains = new LinkedHashMap<>();
        private final Map<String, NftSet> sets = new LinkedHashMap<>();
        private final String hash;
        private final String suffix;

        private Maker(ServicePortInfo service, NodeNetwork network) {
            this.service = service;
            this.network = network;
            this.hash = hash(service.name() + ":" + service.affinitySeconds());
            this.suffix = "-" + hash + "-" + service.name();
        }

        private Entry internal() {
            List<Backend> backends = service.internalLocal() ? service.localBackends() : service.backends();
            if (backends.isEmpty()) {
                return service.internalLocal() && !service.backends().isEmpty() ? new Drop() : new Reject();
            }
            String balance = balance(service.internalLocal() ? "local" : "svc", backends);
            if (network.clusterCidr().isEmpty() || service.internalLocal()) {
                return new Goto(balance);
            }
            return new Goto(chain(
                    "in",
                    List.of("ip saddr != " + network.clusterCidr() + " jump mark-for-masquerade", "goto " + balance)));
        }

        private Entry external() {
            if (!service.external()) {
                return new Drop();
            }
            if (service.backends().isEmpty()) {
                return new Reject();
            }
            if (!service.externalLocal()) {
                String balance = balance("svc", service.backends());
                return new Goto(chain("ext", List.of("jump mark-for-masquerade", "goto " + balance)));
            }
            return externalLocal();
        }

        /// From outside to endpoints of this node only, with the source kept; from pods and the node itself to any.
        private Entry externalLocal() {
            String balance = balance("svc", service.backends());
            List<String> rules = new ArrayList<>();
            if (!network.clusterCidr().isEmpty()) {
                rules.add("ip saddr " + network.clusterCidr() + " goto " + balance);
            }
            rules.add("fib saddr type local jump mark-for-masquerade");
            rules.add("fib saddr type local goto " + balance);
            rules.add(service.localBackends().isEmpty() ? "drop" : "goto " + balance("local", service.localBackends()));
            return new Goto(chain("ext", rules));
        }

        private Optional<String> guard() {
            List<String> rules = new ArrayList<>();
            // a rule each: ranges may overlap, which elements of a set may not
            service.sources().allowed().forEach(range -> rules.add("ip saddr " + range + " return"));
            if (rules.isEmpty()) {
                return Optional.empty();
            }
            rules.add("drop");
            return Optional.of(chain("guard", rules));
        }

        /// The chain that picks one of the backends; made once for each prefix.
        private String balance(String prefix, List<Backend> backends) {
            if (service.affinitySeconds() > 0) {
                return chain(prefix, sticky(backends));
            }
            return chain(prefix, List.of(dnat(backends)));
        }

        private String dnat(List<Backend> backends) {
            String protocol = "meta l4proto " + service.name().protocol() + " dnat ip to ";
            if (backends.size() == 1) {
                return protocol + backends.getFirst().ip() + ":"
                        + backends.getFirst().port();
            }
            StringBuilder map = new StringBuilder();
            for (int i = 0; i < backends.size(); i++) {
                map.append(i == 0 ? "" : ", ")
                        .append(i)
                        .append(" : ")
                        .append(backends.get(i).target());
            }
            return protocol + "numgen random mod " + backends.size() + " map { " + map + " }";
        }

        /// A client that is remembered goes where it went; others are remembered for the one they get.
        private List<String> sticky(List<Backend> backends) {
            List<String> rules = new ArrayList<>();
            List<String> choice = new ArrayList<>();
            for (Backend backend : backends) {
                String endpoint = hash + "-" + backend.ip() + "/" + backend.port();
                String clients = "affinity-" + endpoint;
                sets.put(
                        clients,
                        new NftSet(
                                false,
                                "type ipv4_addr ; flags dynamic,timeout ; timeout " + service.affinitySeconds() + "s",
                                Map.of()));
                String chain = "ep-" + endpoint;
                chains.put(
                        chain, new Chain("", List.of("update @" + clients + " { ip saddr }", dnat(List.of(backend)))));
                rules.add("ip saddr @" + clients + " goto " + chain);
                choice.add(choice.size() + " : goto " + chain);
            }
            rules.add("numgen random mod " + backends.size() + " vmap { " + String.join(", ", choice) + " }");
            return rules;
        }

        private String chain(String prefix, List<String> rules) {
            String full = prefix + suffix;
            String name = full.length() > MAX_NAME ? full.substring(0, MAX_NAME) : full;
            chains.put(name.endsWith("/") ? name.substring(0, name.length() - 1) : name, new Chain("", rules));
            return name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
        }
    }

    private static String hash(String text) {
        return Digests.shortHex(text, HASH_BYTES);
    }
}
