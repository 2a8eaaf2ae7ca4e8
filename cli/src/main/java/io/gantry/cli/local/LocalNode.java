package io.gantry.cli.local;

import io.gantry.cli.cluster.ClusterConfig;
import io.gantry.cli.cluster.ClusterLayout;
import io.gantry.cli.host.NetworkNamespace;
import io.gantry.cli.node.JavaCommand;
import java.util.ArrayList;
import java.util.List;

/// A further node of this machine: a network namespace with an address of its own, and in it its own
/// containerd, kubelet and kube-proxy. It joins as another machine does.
///
/// @param number 2 and up: the machine itself is the first
/// @param namespace of the network, as `ip netns` names it
/// @param layout where its files are: below the cluster's data directory
public record LocalNode(int number, String namespace, ClusterLayout layout) {
    /// The end of the node's cable in the machine's own namespace; its end in the node is `eth0`.
    String cable() {
        return "gantry-n" + number;
    }

    /// A command line of Gantry's that runs in the node's namespace, where its processes' health endpoints are.
    List<String> within(String... arguments) {
        List<String> words = new ArrayList<>(new NetworkNamespace(namespace).entering());
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data-dir", layout.data().toString()));
        words.addAll(JavaCommand.COMMAND_LINE.with(all));
        return words;
    }

    static LocalNode of(int number, ClusterLayout server) {
        return new LocalNode(number, server.id() + "-" + number, server.localNode(number));
    }

    /// What the node joins with: the cluster's ranges, and what pods of the machine's first node may do and pull from.
    static ClusterConfig config(LocalNode node, ClusterConfig server) {
        String endpoint = server.apiServer().substring("https://".length());
        return ClusterConfig.agent(name(node.number(), server), server.localNodeAddress(node.number()), endpoint)
                .withPodCidr(server.podCidr())
                .withServiceCidr(server.serviceCidr())
                .withClusterDomain(server.clusterDomain())
                .withOverlay(server.overlay())
                .withRegistryMirrors(server.registryMirrors())
                .withUnsafeSysctls(server.unsafeSysctls())
                .withExtraConfig(server.extraConfig())
                .withNetworkNamespace(node.namespace());
    }

    /// `vm-2` beside `vm`.
    static String name(int number, ClusterConfig server) {
        return server.nodeName() + "-" + number;
    }
}
