package io.gantry.api.networking;

import io.gantry.api.validation.References;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/// A range of IPv4 or IPv6 addresses as CIDR notation says it, `10.244.0.0/16`; a single address is a range of one.
///
/// @param first the lowest address as a number: the bits behind the prefix are zero
/// @param length of the prefix
/// @param bits of an address: 32 or 128
public record AddressRange(BigInteger first, int length, int bits) {
    private static final int IPV4_BITS = 32;
    private static final int IPV6_BITS = 128;

    public AddressRange {
        first = first.shiftRight(bits - length).shiftLeft(bits - length);
    }

    /// A text such as `10.244.0.0/16`; an address within the range stands for its first. Empty for what is no range; a
    /// name is never looked up.
    public static Optional<AddressRange> parse(String cidr) {
        if (!References.isCidr(cidr)) {
            return Optional.empty();
        }
        int slash = cidr.indexOf('/');
        int length = Integer.parseInt(cidr.substring(slash + 1));
        return address(cidr.substring(0, slash)).map(address -> address.prefix(length));
    }

    /// The range of one address; empty for what is none.
    public static Optional<AddressRange> address(String ip) {
        if (References.isIpv4(ip)) {
            long number = 0;
            for (String octet : ip.split("\\.")) {
                number = number << Byte.SIZE | Integer.parseInt(octet);
            }
            return Optional.of(new AddressRange(BigInteger.valueOf(number), IPV4_BITS, IPV4_BITS));
        }
        return References.isIp(ip)
                ? Optional.of(new AddressRange(new BigInteger(1, ipv6(ip)), IPV6_BITS, IPV6_BITS))
                : Optional.empty();
    }

    /// Java takes `::ffff:1.2.3.4` for an IPv4 address; what is between is zero.
    private static byte[] ipv6(String ip) {
        byte[] bytes = InetAddress.ofLiteral(ip).getAddress();
        if (bytes.length == IPV6_BITS / Byte.SIZE) {
            return bytes;
        }
        byte[] mapped = new byte[IPV6_BITS / Byte.SIZE];
        System.arraycopy(bytes, 0, mapped, mapped.length - bytes.length, bytes.length);
        mapped[mapped.length - bytes.length - 1] = -1;
        mapped[mapped.length - bytes.length - 2] = -1;
        return mapped;
    }

    public boolean isIpv4() {
        return bits == IPV4_BITS;
    }

    /// The range around this one's first address with a prefix of that length.
    public AddressRange prefix(int shorter) {
        return new AddressRange(first, shorter, bits);
    }

    /// How many addresses it has.
    public BigInteger size() {
        return BigInteger.ONE.shiftLeft(bits - length);
    }

    /// Whether all of another range lies in this one; never for the other family.
    public boolean contains(AddressRange other) {
        return bits == other.bits
                && length <= other.length
                && other.prefix(length).first.equals(first);
    }

    /// Whether another range lies in this one and is smaller.
    public boolean strictlyContains(AddressRange other) {
        return length < other.length && contains(other);
    }

    /// One of the equal parts that the range has with longer prefixes.
    ///
    /// @param index from 0; not checked
    public AddressRange part(int longer, long index) {
        return new AddressRange(first.add(BigInteger.valueOf(index).shiftLeft(bits - longer)), longer, bits);
    }

    /// The text of an address.
    ///
    /// @param index from 0, the first; not checked
    public String address(long index) {
        return isIpv4() ? ipv4(first.longValue() + index) : ipv6(first.add(BigInteger.valueOf(index)));
    }

    private static String ipv4(long number) {
        return (number >>> 24 & 255) + "." + (number >>> 16 & 255) + "." + (number >>> 8 & 255) + "." + (number & 255);
    }

    private static String ipv6(BigInteger number) {
        byte[] raw = number.toByteArray();
        byte[] bytes = new byte[IPV6_BITS / Byte.SIZE];
        int given = Math.min(raw.length, bytes.length);
        System.arraycopy(raw, raw.length - given, bytes, bytes.length - given, given);
        try {
            return InetAddress.getByAddress(bytes).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    /// As CIDR notation has it.
    @Override
    public String toString() {
        return address(0) + "/" + length;
    }
}
