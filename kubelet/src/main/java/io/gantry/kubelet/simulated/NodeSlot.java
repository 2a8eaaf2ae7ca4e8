package io.gantry.kubelet.simulated;

import java.util.BitSet;

/// A node's place among the simulated ones: its own address, its pods' addresses, and whether it is up.
/// Thread-safe.
///
/// Nodes have loopback addresses (127.16.0.0 and on), so that requests to their kubelet port reach this
/// machine; pods have addresses of 10.128.0.0/9, 1,022 a node, which lead nowhere.
final class NodeSlot {
    private static final int PODS_BITS = 10;
    private static final int FIRST_POD_NETWORK = 10 << 24 | 128 << 16;
    private static final int FIRST_NODE = 127 << 24 | 16 << 16;

    /// Where 10.244.0.0/16, the real nodes' range, lies among the networks.
    private static final int RESERVED_FROM = (244 - 128) << 6;

    private static final int RESERVED = 64;

    private final int index;
    private final BitSet used = new BitSet();
    private boolean down;

    /// @param index counts nodes from 0
    NodeSlot(int index) {
        this.index = index;
        used.set(0);
    }

    String address() {
        return text(FIRST_NODE + index + 1);
    }

    String podCidr() {
        return text(network()) + "/" + (32 - PODS_BITS);
    }

    private int network() {
        int at = index < RESERVED_FROM ? index : index + RESERVED;
        return FIRST_POD_NETWORK + (at << PODS_BITS);
    }

    /// A free address for a pod.
    synchronized String lease() {
        int free = used.nextClearBit(1);
        used.set(free);
        return text(network() + free);
    }

    synchronized void release(String address) {
        if (address.isEmpty()) {
            return;
        }
        int number = 0;
        for (String part : address.split("\\.")) {
            number = number << 8 | Integer.parseInt(part);
        }
        int at = number - network();
        if (at > 0 && at < 1 << PODS_BITS) {
            used.clear(at);
        }
    }

    /// A node that is down neither renews its lease nor moves its pods.
    synchronized boolean isDown() {
        return down;
    }

    synchronized void setDown(boolean isDown) {
        this.down = isDown;
    }

    private static String text(int address) {
        return (address >>> 24) + "." + (address >> 16 & 255) + "." + (address >> 8 & 255) + "." + (address & 255);
    }
}
