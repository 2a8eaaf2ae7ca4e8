package io.gantry.kubeproxy.route;

import java.util.Arrays;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// How the pods of the other nodes are reached: by a route to a node on the same link, and else through VXLAN to the
/// node's address (the ways of flannel's `host-gw` and `vxlan` backends, the latter with `DirectRouting`). A node's end
/// of the overlay has the first address of its pod range, which no pod has, and a hardware address made of the node's
/// own: what one node has to know of another is in its Node. Pure.
///
/// @param hops pod CIDR to next stop
/// @param ends address of each far end of the overlay to the address of its node
record OverlayPlan(SortedMap<String, Hop> hops, SortedMap<String, String> ends) {
    /// @param routes pod CIDR to the node's address
    /// @param offLink those of the addresses that a router leads to
    static OverlayPlan of(SortedMap<String, String> routes, Set<String> offLink, OverlayMode mode) {
        SortedMap<String, Hop> hops = new TreeMap<>();
        SortedMap<String, String> ends = new TreeMap<>();
        routes.forEach((cidr, node) -> {
            if (through(mode, offLink.contains(node))) {
                hops.put(cidr, new Hop(end(cidr), true));
                ends.put(end(cidr), node);
            } else {
                hops.put(cidr, new Hop(node, false));
            }
        });
        return new OverlayPlan(hops, ends);
    }

    private static boolean through(OverlayMode mode, boolean offLink) {
        return switch (mode) {
            case AUTO -> offLink;
            case ALWAYS -> true;
            case NEVER -> false;
        };
    }

    /// `10.244.1.0` of `10.244.1.0/24`.
    static String end(String cidr) {
        return cidr.substring(0, cidr.indexOf('/'));
    }

    /// The hardware address of a node's end: `02:47` (administered locally) and the node's address.
    static String hardwareAddress(String node) {
        return Arrays.stream(node.split("\\."))
                .map(part -> String.format("%02x", Integer.parseInt(part)))
                .collect(Collectors.joining(":", "02:47:", ""));
    }
}
