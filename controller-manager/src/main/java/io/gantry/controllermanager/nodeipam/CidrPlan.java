package io.gantry.controllermanager.nodeipam;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Set;

/// Cuts the cluster's pod addresses into equal parts, one a node.
///
/// @param cluster e.g. `10.244.0.0/16`
/// @param nodeBits the prefix length of a node's part, e.g. 24
record CidrPlan(String cluster, int nodeBits) {
    private static final int MAX_PARTS = 1 << 16;

    CidrPlan {
        int bits = bits(cluster);
        if (nodeBits < bits || nodeBits - bits > 16) {
            throw new IllegalArgumentException(
                    "--node-cidr-mask-size " + nodeBits + " does not fit --cluster-cidr " + cluster);
        }
    }

    /// The first part that is not taken; empty when all are.
    Optional<String> free(Set<String> taken) {
        int parts = Math.min(MAX_PARTS, 1 << (nodeBits - bits(cluster)));
        for (int i = 0; i < parts; i++) {
            String part = part(i);
            if (!taken.contains(part)) {
                return Optional.of(part);
            }
        }
        return Optional.empty();
    }

    private String part(int index) {
        byte[] base = address(cluster);
        BigInteger start = new BigInteger(1, base);
        BigInteger size = BigInteger.ONE.shiftLeft(base.length * 8 - nodeBits);
        BigInteger at = start.add(size.multiply(BigInteger.valueOf(index)));
        byte[] raw = at.toByteArray();
        byte[] bytes = new byte[base.length];
        for (int i = 0; i < Math.min(raw.length, bytes.length); i++) {
            bytes[bytes.length - 1 - i] = raw[raw.length - 1 - i];
        }
        try {
            return InetAddress.getByAddress(bytes).getHostAddress() + "/" + nodeBits;
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int bits(String cidr) {
        return Integer.parseInt(cidr.substring(cidr.indexOf('/') + 1));
    }

    private static byte[] address(String cidr) {
        return InetAddress.ofLiteral(cidr.substring(0, cidr.indexOf('/'))).getAddress();
    }
}
