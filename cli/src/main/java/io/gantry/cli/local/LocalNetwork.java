package io.gantry.cli.local;

import io.gantry.cli.CliException;
import io.gantry.cli.cluster.ClusterConfig;
import io.gantry.cli.host.Command;
import io.gantry.kubeproxy.NodeNetwork;
import java.util.ArrayList;
import java.util.List;

/// The link between the nodes of one machine: a bridge that has the first address of their range, a namespace with a
/// cable to it for each, and a rule that lets them reach what the machine reaches. Every step looks at what is there.
final class LocalNetwork {
    static final String BRIDGE = "gantry-nodes";

    private static final String TABLE = "gantry-nodes";
    private static final long SECONDS = 20;

    private final ClusterConfig config;

    LocalNetwork(ClusterConfig config) {
        this.config = config;
    }

    /// The machine's side.
    void prepare() {
        if (!isLink(BRIDGE)) {
            ip("link", "add", BRIDGE, "type", "bridge");
        }
        ip("addr", "replace", withLength(config.localNodeAddress(1)), "dev", BRIDGE);
        ip("link", "set", BRIDGE, "up");
        Command.must(SECONDS, "nft", outward());
        NodeNetwork.letThrough(config.localNodeCidr());
    }

    /// The node's namespace, its cable, and its way to the machine and on from there.
    void plug(LocalNode node) {
        if (!Command.run(SECONDS, List.of("ip", "netns", "exec", node.namespace(), "true"))
                .ok()) {
            ip("netns", "add", node.namespace());
        }
        if (!isLink(node.cable())) {
            ip("link", "add", node.cable(), "type", "veth", "peer", "name", "eth0", "netns", node.namespace());
        }
        ip("link", "set", node.cable(), "master", BRIDGE, "up");
        // a node may speak to its own pods by the machine's node ports: where bridged packets are filtered, these are
        // turned round on the bridge, which drops what would go back where it came from
        ip("link", "set", node.cable(), "type", "bridge_slave", "hairpin", "on");
        String address = config.localNodeAddress(node.number());
        inside(node, "link", "set", "lo", "up");
        inside(node, "addr", "replace", withLength(address), "dev", "eth0");
        inside(node, "link", "set", "eth0", "up");
        inside(node, "route", "replace", "default", "via", config.localNodeAddress(1), "dev", "eth0", "src", address);
        // the machine answers for this address on the bridge too: gateway of its pods, and the API server's
        inside(node, "route", "replace", config.nodeAddress() + "/32", "dev", "eth0", "src", address);
    }

    /// Takes a node's namespace away, and its cable with it.
    static void unplug(LocalNode node) {
        Command.run(SECONDS, List.of("ip", "link", "delete", node.cable()));
        Command.run(SECONDS, List.of("ip", "netns", "delete", node.namespace()));
    }

    /// Takes the machine's side away.
    void remove() {
        NodeNetwork.letNoLonger(config.localNodeCidr());
        Command.run(SECONDS, List.of("nft", "delete", "table", "ip", TABLE));
        Command.run(SECONDS, List.of("ip", "link", "delete", BRIDGE));
    }

    /// Nodes go out under the machine's address; among nodes and pods nothing is changed.
    private String outward() {
        return """
                table ip %1$s
                delete table ip %1$s
                table ip %1$s {
                  chain postrouting {
                    type nat hook postrouting priority srcnat
                    ip saddr %2$s ip daddr != { %2$s, %3$s } oifname != "%4$s" masquerade
                  }
                }
                """.formatted(TABLE, config.localNodeCidr(), config.podCidr(), BRIDGE);
    }

    private String withLength(String address) {
        return address + config.localNodeCidr().substring(config.localNodeCidr().indexOf('/'));
    }

    private static boolean isLink(String name) {
        return Command.run(SECONDS, List.of("ip", "link", "show", "dev", name)).ok();
    }

    private static void ip(String... words) {
        must(List.of("ip"), words);
    }

    private static void inside(LocalNode node, String... words) {
        must(List.of("ip", "-n", node.namespace()), words);
    }

    private static void must(List<String> program, String... words) {
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of(words));
        Command.Result result = Command.run(SECONDS, command);
        if (!result.ok()) {
            throw new CliException("the network of a further node cannot be made: " + String.join(" ", command)
                    + " said: " + result.output().strip());
        }
    }
}
