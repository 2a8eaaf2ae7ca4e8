package io.gantry.kubeproxy;

import io.gantry.kubeproxy.netlink.NftTables;
import io.gantry.kubeproxy.route.OverlayMode;
import io.gantry.kubeproxy.route.PodNetwork;
import java.io.IOException;
import java.util.List;

/// What kube-proxy has programmed on this node, to be taken away when the node stops: its table, its ways to other
/// nodes' pods, and its two rules in the host's own firewall.
public final class NodeNetwork {
    private NodeNetwork() {}

    /// Lets packets from and to a range through where the host's own firewall drops what it forwards.
    public static void letThrough(String cidr) {
        new ForwardPolicy(new Command(List.of()), cidr).accept();
    }

    /// Takes that back.
    public static void letNoLonger(String cidr) {
        new ForwardPolicy(new Command(List.of()), cidr).restore();
    }

    /// Removes all of it; what is not there is left out.
    ///
    /// @param clusterCidr addresses of all pods, as kube-proxy was told
    /// @throws IOException when the kernel refuses
    public static void remove(String clusterCidr) throws IOException {
        Command command = new Command(List.of());
        new NftTable(command, NftTables::exists, NftTable.SERVICES).remove();
        new NftTable(command, NftTables::exists, NetworkPolicies.TABLE).remove();
        new PodNetwork(command, OverlayMode.AUTO).remove();
        new ForwardPolicy(command, clusterCidr).restore();
    }
}
