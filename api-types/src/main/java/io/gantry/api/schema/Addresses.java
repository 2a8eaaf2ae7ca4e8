package io.gantry.api.schema;

/// Recognises IP addresses in text without resolving names.
public final class Addresses {
    private static final int MAX_OCTET = 255;
    private static final int GROUPS = 8;

    private Addresses() {}

    public static boolean isIp(String text) {
        return isIpv4(text) || isIpv6(text);
    }

    /// Dotted decimal without leading zeros.
    public static boolean isIpv4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return false;
        }
        for (String part : parts) {
            if (!isNumberUpTo(part, MAX_OCTET)) {
                return false;
            }
        }
        return true;
    }

    /// RFC 4291 text, with `::` at most once and an IPv4 tail allowed; no zone.
    public static boolean isIpv6(String text) {
        if (text.indexOf(':') < 0) {
            return false;
        }
        int gap = text.indexOf("::");
        if (gap < 0) {
            return groups(text) == GROUPS;
        }
        int before = gap == 0 ? 0 : groups(text.substring(0, gap));
        String tail = text.substring(gap + 2);
        int after = tail.isEmpty() ? 0 : groups(tail);
        return before >= 0
                && after >= 0
                && before + after < GROUPS
                && !(gap > 0 && text.substring(0, gap).contains("."));
    }

    /// An address and a prefix length.
    public static boolean isCidr(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return false;
        }
        String address = text.substring(0, slash);
        String length = text.substring(slash + 1);
        return isIpv4(address) && isNumberUpTo(length, 32) || isIpv6(address) && isNumberUpTo(length, 128);
    }

    /// The number of 16-bit groups, or -1 when one is malformed.
    private static int groups(String text) {
        String[] parts = text.split(":", -1);
        int count = 0;
        for (int i = 0; i < parts.length; i++) {
            if (i == parts.length - 1 && parts[i].indexOf('.') >= 0) {
                return isIpv4(parts[i]) ? count + 2 : -1;
            }
            if (parts[i].isEmpty() || parts[i].length() > 4) {
                return -1;
            }
            for (int j = 0; j < parts[i].length(); j++) {
                if (Character.digit(parts[i].charAt(j), 16) < 0) {
                    return -1;
                }
            }
            count++;
        }
        return count;
    }

    private static boolean isNumberUpTo(String text, int max) {
        if (text.isEmpty() || text.length() > 3 || text.length() > 1 && text.charAt(0) == '0') {
            return false;
        }
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return false;
            }
            value = value * 10 + c - '0';
        }
        return value <= max;
    }
}
