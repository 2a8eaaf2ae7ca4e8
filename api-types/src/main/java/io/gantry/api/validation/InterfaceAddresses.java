package io.gantry.api.validation;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.schema.Addresses;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// The address of an interface with the length of its network's prefix (upstream `IsValidInterfaceAddress`).
public final class InterfaceAddresses {
    private static final int GROUPS = 8;
    private static final int MAPPED_BITS = 96;

    private record Gap(int from, int length) {}

    private InterfaceAddresses() {}

    /// Refuses what is no such address or is not written as it is always written.
    public static void check(String value, String path, FieldErrors errors) {
        if (!Addresses.isCidr(value)) {
            errors.invalid(path, value, "must be a valid address in CIDR form, (e.g. 10.9.8.7/24 or 2001:db8::1/64)");
            return;
        }
        String canonical = canonical(value);
        if (!value.equals(canonical)) {
            errors.invalid(path, value, "must be in canonical form (\"" + canonical + "\")");
        }
    }

    private static String canonical(String value) {
        int slash = value.indexOf('/');
        String text = value.substring(0, slash);
        int length = Integer.parseInt(value.substring(slash + 1));
        InetAddress address = InetAddress.ofLiteral(text);
        if (address instanceof Inet6Address wide) {
            return groups(wide.getAddress()) + "/" + length;
        }
        boolean mapped = text.indexOf(':') >= 0;
        return address.getHostAddress() + "/" + (mapped && length > Integer.SIZE ? length - MAPPED_BITS : length);
    }

    /// RFC 5952: no leading zeros, and `::` for the first of the longest runs of zeros.
    private static String groups(byte[] address) {
        List<String> groups = new ArrayList<>();
        ByteBuffer bytes = ByteBuffer.wrap(address);
        while (bytes.hasRemaining()) {
            String digits = HexFormat.of().toHexDigits(bytes.getShort()).replaceFirst("^0{1,3}", "");
            groups.add(digits);
        }
        Gap gap = longest(groups);
        if (gap.length() < 2) {
            return String.join(":", groups);
        }
        return String.join(":", groups.subList(0, gap.from())) + "::"
                + String.join(":", groups.subList(gap.from() + gap.length(), GROUPS));
    }

    private static Gap longest(List<String> groups) {
        Gap longest = new Gap(0, 0);
        int from = 0;
        for (int i = 0; i < GROUPS; i++) {
            if (!groups.get(i).equals("0")) {
                from = i + 1;
            } else if (i + 1 - from > longest.length()) {
                longest = new Gap(from, i + 1 - from);
            }
        }
        return longest;
    }
}
