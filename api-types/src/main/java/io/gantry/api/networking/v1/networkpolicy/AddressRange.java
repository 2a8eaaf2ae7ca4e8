package io.gantry.api.networking.v1.networkpolicy;

import java.math.BigInteger;
import java.net.InetAddress;

/// A range of addresses in CIDR form, for comparing.
///
/// @param base the address as a number
/// @param bits of the family: 32 or 128
/// @param length of the prefix
record AddressRange(BigInteger base, int bits, int length) {
    /// Reads a text that [io.gantry.api.validation.References#isCidr] takes.
    static AddressRange parse(String cidr) {
        int slash = cidr.indexOf('/');
        byte[] address = InetAddress.ofLiteral(cidr.substring(0, slash)).getAddress();
        return new AddressRange(
                new BigInteger(1, address), address.length * 8, Integer.parseInt(cidr.substring(slash + 1)));
    }

    /// Whether another range lies in this one and is smaller.
    boolean strictlyContains(AddressRange other) {
        int shift = bits - length;
        return bits == other.bits
                && other.length > length
                && base.shiftRight(shift).equals(other.base.shiftRight(shift));
    }
}
