package io.gantry.kubeproxy.policy;

import io.gantry.api.networking.AddressRange;
import io.gantry.api.networking.v1.networkpolicy.IPBlock;
import io.gantry.api.networking.v1.networkpolicy.NetworkPolicyPeer;
import io.gantry.api.selector.LabelSelectors;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Says whom a peer of a policy means. Pure.
///
/// @param namespaces labels by name
/// @param pods by namespace
record PolicyPeers(Map<String, Map<String, String>> namespaces, Map<String, List<PolicyPod>> pods) {
    static PolicyPeers of(Map<String, Map<String, String>> namespaces, List<PolicyPod> pods) {
        return new PolicyPeers(namespaces, pods.stream().collect(Collectors.groupingBy(PolicyPod::namespace)));
    }

    /// Whether the peer means this pod.
    ///
    /// @param home the policy's namespace
    boolean means(NetworkPolicyPeer peer, String home, String namespace, Map<String, String> labels) {
        return meansNamespace(peer, home, namespace)
                && (peer.podSelector() == null || LabelSelectors.matches(peer.podSelector(), labels));
    }

    private boolean meansNamespace(NetworkPolicyPeer peer, String home, String namespace) {
        return peer.namespaceSelector() == null
                ? namespace.equals(home)
                : LabelSelectors.matches(peer.namespaceSelector(), namespaces.getOrDefault(namespace, Map.of()));
    }

    /// The addresses of the pods that a peer with selectors means.
    List<String> addresses(NetworkPolicyPeer peer, String home) {
        return pods.entrySet().stream()
                .filter(namespace -> meansNamespace(peer, home, namespace.getKey()))
                .flatMap(namespace -> namespace.getValue().stream())
                .filter(pod -> means(peer, home, pod.namespace(), pod.labels()))
                .map(PolicyPod::ip)
                .sorted()
                .distinct()
                .toList();
    }

    /// An address block as a match on `field` (`ip saddr` or `ip daddr`); empty when it holds no IPv4 address.
    static Optional<String> match(IPBlock block, String field) {
        return ipv4(block.cidr()).map(range -> {
            StringBuilder match = new StringBuilder();
            if (range.length() > 0) {
                match.append(field).append(' ').append(range).append(' ');
            }
            for (String except : block.except()) {
                ipv4(except)
                        .ifPresent(hole ->
                                match.append(field).append(" != ").append(hole).append(' '));
            }
            return match.toString();
        });
    }

    /// Whether a block holds an address.
    static boolean holds(@Nullable IPBlock block, String address) {
        Optional<AddressRange> wanted = AddressRange.address(address);
        return block != null
                && wanted.isPresent()
                && contains(block.cidr(), wanted.get())
                && block.except().stream().noneMatch(except -> contains(except, wanted.get()));
    }

    private static boolean contains(String cidr, AddressRange address) {
        return ipv4(cidr).filter(range -> range.contains(address)).isPresent();
    }

    private static Optional<AddressRange> ipv4(String cidr) {
        return AddressRange.parse(cidr).filter(AddressRange::isIpv4);
    }
}
