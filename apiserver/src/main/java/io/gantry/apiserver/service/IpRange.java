package io.gantry.apiserver.service;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.BitSet;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The addresses of a service CIDR (IPv4) and which of them are taken. The lower part is left to addresses that users
/// choose (KEP-3070). Not thread-safe.
final class IpRange {
    private static final int MIN_STATIC = 16;
    private static final int MAX_STATIC = 256;

    private final int base;
    private final int size;
    private final BitSet taken = new BitSet();

    private IpRange(int base, int size) {
        this.base = base;
        this.size = size;
    }

    /// @param cidr e.g. `10.96.0.0/16`
    /// @throws IllegalArgumentException for anything but an IPv4 CIDR of /8 to /30
    static IpRange parse(String cidr) {
        int slash = cidr.indexOf('/');
        int bits = slash < 0 ? -1 : Integer.parseInt(cidr.substring(slash + 1));
        Optional<Integer> address = slash < 0 ? Optional.empty() : number(cidr.substring(0, slash));
        if (address.isEmpty() || bits < 8 || bits > 30) {
            throw new IllegalArgumentException(
                    "--service-cluster-ip-range=" + cidr + ": not an IPv4 CIDR of /8 to /30");
        }
        int size = 1 << (32 - bits);
        return new IpRange(address.get() & -size, size);
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

    /// The index of an address that services may have; empty for any other.
    private Optional<Integer> index(String ip) {
        return number(ip).map(n -> n - base).filter(i -> i > 0 && i < size - 1);
    }

    boolean contains(String ip) {
        return index(ip).isPresent();
    }

    /// @return false when it is taken already
    boolean take(String ip) {
        int index = index(ip).orElseThrow(() -> new IllegalArgumentException(ip));
        if (taken.get(index)) {
            return false;
        }
        taken.set(index);
        return true;
    }

    /// A free address, from the upper part first; empty when the range is full.
    Optional<String> next(RandomGenerator random) {
        int reserved = Math.min(Math.min(Math.max(MIN_STATIC, size / 16), MAX_STATIC), size / 2);
        int start = reserved + random.nextInt(Math.max(1, size - 1 - reserved));
        int found = taken.nextClearBit(start);
        if (found >= size - 1) {
            found = taken.nextClearBit(reserved);
        }
        if (found >= size - 1) {
            found = taken.nextClearBit(1);
        }
        if (found >= size - 1) {
            return Optional.empty();
        }
        taken.set(found);
        return Optional.of(text(found));
    }

    void free(String ip) {
        index(ip).ifPresent(taken::clear);
    }

    static boolean isIpv4(String ip) {
        try {
            return ip.matches("\\d+\\.\\d+\\.\\d+\\.\\d+") && InetAddress.getByName(ip) instanceof Inet4Address;
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
