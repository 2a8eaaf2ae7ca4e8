package io.gantry.apiserver.service;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/// The addresses of a service range, without the network's and the broadcast address. Immutable.
///
/// @param cidr as it was given
/// @param base the network's address as a number
/// @param size how many addresses the network has
record IpRange(String cidr, int base, int size) {
    private static final int MIN_STATIC = 16;
    private static final int MAX_STATIC = 256;

    /// @param cidr e.g. `10.96.0.0/16`
    /// @throws IllegalArgumentException for anything else
    static IpRange parse(String cidr) {
        int slash = cidr.indexOf('/');
        int bits = slash < 0 || !cidr.substring(slash + 1).matches("\\d{1,2}")
                ? -1
                : Integer.parseInt(cidr.substring(slash + 1));
        Optional<Integer> address = slash < 0 ? Optional.empty() : number(cidr.substring(0, slash));
        if (address.isEmpty() || bits < 8 || bits > 30) {
            throw new IllegalArgumentException(
                    "--service-cluster-ip-range=" + cidr + ": not an IPv4 CIDR of /8 to /30");
        }
        int size = 1 << (32 - bits);
        return new IpRange(cidr, address.get() & -size, size);
    }

    private static Optional<Integer> number(String ip) {
        if (!ip.matches("\\d+\\.\\d+\\.\\d+\\.\\d+")) {
            return Optional.empty();
        }
        try {
            byte[] b = InetAddress.getByName(ip).getAddress();
            return Optional.of((b[0] & 255) << 24 | (b[1] & 255) << 16 | (b[2] & 255) << 8 | b[3] & 255);
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /// The first address, which is the `kubernetes` Service's.
    String first() {
        return text(1);
    }

    private String text(int index) {
        int ip = base + index;
        return (ip >>> 24) + "." + (ip >>> 16 & 255) + "." + (ip >>> 8 & 255) + "." + (ip & 255);
    }

    boolean contains(String ip) {
        return number(ip).map(n -> n - base).filter(i -> i > 0 && i < size - 1).isPresent();
    }

    /// A free address, from the upper part first, which leaves the lower one to those who choose for themselves
    /// (KEP-3070); empty when there is none.
    Optional<String> find(Predicate<String> isFree, RandomGenerator random) {
        int reserved = Math.min(Math.min(Math.max(MIN_STATIC, size / 16), MAX_STATIC), size / 2);
        return find(reserved, size - 1, isFree, random).or(() -> find(1, reserved, isFree, random));
    }

    private Optional<String> find(int from, int to, Predicate<String> isFree, RandomGenerator random) {
        int count = to - from;
        int start = count <= 0 ? 0 : random.nextInt(count);
        for (int i = 0; i < count; i++) {
            String ip = text(from + (start + i) % count);
            if (isFree.test(ip)) {
                return Optional.of(ip);
            }
        }
        return Optional.empty();
    }

    static boolean isIpv4(String ip) {
        try {
            return ip.matches("\\d+\\.\\d+\\.\\d+\\.\\d+") && InetAddress.getByName(ip) instanceof Inet4Address;
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
