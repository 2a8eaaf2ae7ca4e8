package io.gantry.kubelet.network;

import java.nio.ByteBuffer;

/// A question of the address resolution protocol (RFC 826) for IPv4 over Ethernet.
final class ArpProbe {
    static final int ETHERTYPE = 0x0806;
    private static final int BYTES = 28;
    private static final short ETHERNET = 1;
    private static final short IPV4 = 0x0800;
    private static final short REQUEST = 1;
    private static final byte[] EVERYBODY = {-1, -1, -1, -1, -1, -1};
    private static final byte[] NOBODY = new byte[6];
    private static final byte[] NO_ADDRESS = new byte[4];

    private ArpProbe() {}

    /// "Who has this address?", asked by nobody, so that nobody's entry changes by the question, and answered to all.
    static byte[] answeredToAll(byte[] address) {
        return ByteBuffer.allocate(BYTES)
                .putShort(ETHERNET)
                .putShort(IPV4)
                .put((byte) EVERYBODY.length)
                .put((byte) address.length)
                .putShort(REQUEST)
                .put(EVERYBODY)
                .put(NO_ADDRESS)
                .put(NOBODY)
                .put(address)
                .array();
    }
}
