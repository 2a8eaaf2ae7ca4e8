package io.gantry.controllermanager.nodeipam;

import io.gantry.api.networking.AddressRange;
import java.util.Optional;
import java.util.Set;

/// Cuts the cluster's pod addresses into equal parts, one a node.
///
/// @param cluster all of them
/// @param nodeBits the prefix length of a node's part, e.g. 24
record CidrPlan(AddressRange cluster, int nodeBits) {
    private static final int MAX_MORE_BITS = 16;

    CidrPlan {
        if (nodeBits < cluster.length() || nodeBits - cluster.length() > MAX_MORE_BITS || nodeBits > cluster.bits()) {
            throw new IllegalArgumentException(
                    "--node-cidr-mask-size " + nodeBits + " does not fit --cluster-cidr " + cluster);
        }
    }

    /// @param cluster e.g. `10.244.0.0/16`
    /// @throws IllegalArgumentException when it is no range, or the parts do not fit it
    static CidrPlan of(String cluster, int nodeBits) {
        return new CidrPlan(
                AddressRange.parse(cluster)
                        .orElseThrow(() ->
                                new IllegalArgumentException("--cluster-cidr " + cluster + ": no range of addresses")),
                nodeBits);
    }

    /// The first part that is not taken; empty when all are.
    Optional<String> free(Set<String> taken) {
        int parts = 1 << nodeBits - cluster.length();
        for (int i = 0; i < parts; i++) {
            String part = cluster.part(nodeBits, i).toString();
            if (!taken.contains(part)) {
                return Optional.of(part);
            }
        }
        return Optional.empty();
    }
}
