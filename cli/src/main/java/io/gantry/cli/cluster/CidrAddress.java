package io.gantry.cli.cluster;

import io.gantry.cli.CliException;
import java.util.ArrayList;
import java.util.List;

/// Arithmetic on IPv4 ranges.
final class CidrAddress {
    private static final int BITS = 32;

    private CidrAddress() {}

    /// The n-th address of a range (0 is its base).
    static String nth(String cidr, int n) {
        String[] parts = cidr.split("/");
        if (parts.length != 2) {
            throw new CliException("\"" + cidr + "\" is no address range: write it as 10.96.0.0/16");
        }
        long base = number(parts[0], cidr);
        int length = prefix(parts[1], cidr);
        long size = 1L << (BITS - length);
        if (n >= size) {
            throw new CliException("the range " + cidr + " is too small: it has " + size + " addresses");
        }
        long address = (base & -size) + n;
        List<String> octets = new ArrayList<>();
        for (int shift = BITS - 8; shift >= 0; shift -= 8) {
            octets.add(Long.toString((address >> shift) & 0xff));
        }
        return String.join(".", octets);
    }

    private static long number(String address, String cidr) {
        String[] octets = address.split("\\.");
        long value = 0;
        try {
            for (String octet : octets) {
                int number = Integer.parseInt(octet);
                if (number < 0 || number > 255 || octets.length != 4) {
                    throw new NumberFormatException(octet);
                }
                value = value << 8 | number;
            }
        } catch (NumberFormatException e) {
            throw new CliException("\"" + cidr + "\" is no IPv4 address range", e);
        }
        return value;
    }

    private static int prefix(String text, String cidr) {
        try {
            int length = Integer.parseInt(text);
            if (length >= 1 && length <= BITS) {
                return length;
            }
        } catch (NumberFormatException e) {
            throw new CliException("\"" + cidr + "\" is no address range", e);
        }
        throw new CliException("\"" + cidr + "\" is no address range");
    }
}
