package io.gantry.controllermanager.servicecidr;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/// A range of addresses.
///
/// @param network its first address as a number
/// @param bits length of the prefix
/// @param width 32 or 128
record Cidr(BigInteger network, int bits, int width) {
    /// Empty for what is no range; a name is never looked up.
    static Optional<Cidr> parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || !text.substring(slash + 1).matches("\\d{1,3}")) {
            return Optional.empty();
        }
        int bits = Integer.parseInt(text.substring(slash + 1));
        return address(text.substring(0, slash)).map(host -> new Cidr(host.network(), bits, host.width()).masked());
    }

    /// An address as a range of one.
    static Optional<Cidr> address(String ip) {
        if (!ip.matches("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
            return Optional.empty();
        }
        try {
            byte[] bytes = InetAddress.getByName(ip).getAddress();
            return Optional.of(new Cidr(new BigInteger(1, bytes), bytes.length * 8, bytes.length * 8));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private Cidr masked() {
        int hosts = width - bits;
        return new Cidr(network.shiftRight(hosts).shiftLeft(hosts), bits, width);
    }

    boolean contains(Cidr other) {
        return width == other.width
                && bits <= other.bits
                && network.shiftRight(width - bits).equals(other.network.shiftRight(width - bits));
    }
}
