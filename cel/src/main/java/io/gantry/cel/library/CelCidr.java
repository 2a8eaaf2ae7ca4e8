package io.gantry.cel.library;

import com.google.protobuf.ByteString;
import io.gantry.cel.value.CelError;
import io.gantry.cel.value.Opaque;

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
        if (prefix > address.bytes().size() * 8) {
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
        return other.isFour() == address.isFour() && masked(other).equals(masked(address));
    }

    boolean contains(CelCidr other) {
        return prefix <= other.prefix && contains(other.address);
    }

    CelCidr masked() {
        return new CelCidr(masked(address), prefix);
    }

    private CelAddress masked(CelAddress any) {
        byte[] bytes = any.bytes().toByteArray();
        for (int i = 0; i < bytes.length; i++) {
            int kept = Math.clamp(prefix - 8L * i, 0, 8);
            bytes[i] &= (byte) (0xff << (8 - kept));
        }
        return new CelAddress(ByteString.copyFrom(bytes));
    }

    String text() {
        return address.text() + "/" + prefix;
    }

    @Override
    public String typeName() {
        return TYPE;
    }
}
