package io.gantry.cli.cluster;

import io.gantry.api.networking.AddressRange;
import io.gantry.cli.CliException;

/// Addresses of the IPv4 ranges that the cluster is made of.
final class CidrAddress {
    private CidrAddress() {}

    /// The n-th address of a range (0 is its base).
    ///
    /// @throws CliException for what is no IPv4 range, or one that is too small
    static String nth(String cidr, int n) {
        AddressRange range = AddressRange.parse(cidr)
                .filter(AddressRange::isIpv4)
                .orElseThrow(
                        () -> new CliException("\"" + cidr + "\" is no IPv4 address range: write it as 10.96.0.0/16"));
        long size = range.size().longValue();
        if (n >= size) {
            throw new CliException("the range " + cidr + " is too small: it has " + size + " addresses");
        }
        return range.address(n);
    }
}
