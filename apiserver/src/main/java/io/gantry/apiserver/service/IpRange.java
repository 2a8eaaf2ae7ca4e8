package io.gantry.apiserver.service;

import io.gantry.api.networking.AddressRange;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/// The addresses of a service range, without the network's and the broadcast address. Immutable.
///
/// @param network IPv4, of /8 to /30
record IpRange(AddressRange network) {
    private static final int SHORTEST = 8;
    private static final int LONGEST = 30;
    private static final int MIN_STATIC = 16;
    private static final int MAX_STATIC = 256;

    /// @param cidr e.g. `10.96.0.0/16`
    /// @throws IllegalArgumentException for anything else
    static IpRange parse(String cidr) {
        return AddressRange.parse(cidr)
                .filter(range -> range.isIpv4() && range.length() >= SHORTEST && range.length() <= LONGEST)
                .map(IpRange::new)
                .orElseThrow(() -> new IllegalArgumentException(
                        "--service-cluster-ip-range=" + cidr + ": not an IPv4 CIDR of /8 to /30"));
    }

    private int size() {
        return network.size().intValue();
    }

    /// The first address, which is the `kubernetes` Service's.
    String first() {
        return network.address(1);
    }

    boolean contains(String ip) {
        return AddressRange.address(ip).filter(network::contains).isPresent()
                && !ip.equals(network.address(0))
                && !ip.equals(network.address(size() - 1));
    }

    /// A free address, from the upper part first, which leaves the lower one to those who choose for themselves
    /// (KEP-3070); empty when there is none.
    Optional<String> find(Predicate<String> isFree, RandomGenerator random) {
        int size = size();
        int reserved = Math.min(Math.min(Math.max(MIN_STATIC, size / 16), MAX_STATIC), size / 2);
        return find(reserved, size - 1, isFree, random).or(() -> find(1, reserved, isFree, random));
    }

    private Optional<String> find(int from, int to, Predicate<String> isFree, RandomGenerator random) {
        int count = to - from;
        int start = count <= 0 ? 0 : random.nextInt(count);
        for (int i = 0; i < count; i++) {
            String ip = network.address(from + (start + i) % count);
            if (isFree.test(ip)) {
                return Optional.of(ip);
            }
        }
        return Optional.empty();
    }
}
