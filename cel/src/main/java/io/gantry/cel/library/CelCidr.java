package io.gantry.cel.library;

import io.gantry.api.networking.AddressRange;
import io.gantry.cel.value.CelError;
import io.gantry.cel.value.Opaque;
import java.math.BigInteger;

/// An address with the length of its network's prefix; bits behind the prefix may be set.
record CelCidr(CelAddress address, int prefix) implements Opaque {
    static final String TYPE = "net.CIDR";

    /// @throws CelError when the text is none
    static CelCidr parse(String text) {
        int slash = text.lastIndexOf('/');
        String bits = slash < 0 ? "" : text.substring(slash + 1);
        if (!bits.matches("0|[1-9]\\d{0,2}")) {
            throw failure(text);
        }
        CelAddress address;
        try {
            address = CelAddress.parse(text.substring(0, slash));
        } catch (CelError malformed) {
            throw failure(text);
        }
        int prefix = Integer.parseInt(bits);
        if (prefix > bits(address)) {
            throw failure(text);
        }
        return new CelCidr(address, prefix);
    }

    private static CelError failure(String text) {
        return new CelError(
                "network address parse error during conversion from string: network address parse error during "
                        + "conversion from string: netip.ParsePrefix(\"" + text + "\"): unable to parse");
    }

    boolean contains(CelAddress other) {
        return range().contains(range(other, bits(other)));
    }

    boolean contains(CelCidr other) {
        return range().contains(other.range());
    }

    CelCidr masked() {
        return new CelCidr(CelAddress.parse(range().address(0)), prefix);
    }

    private AddressRange range() {
        return range(address, prefix);
    }

    private static AddressRange range(CelAddress any, int prefix) {
        return new AddressRange(new BigInteger(1, any.bytes().toByteArray()), prefix, bits(any));
    }

    private static int bits(CelAddress any) {
        return any.bytes().size() * Byte.SIZE;
    }

    String text() {
        return address.text() + "/" + prefix;
    }

    @Override
    public String typeName() {
        return TYPE;
    }
}
