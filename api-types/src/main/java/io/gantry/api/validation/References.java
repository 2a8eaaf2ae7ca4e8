package io.gantry.api.validation;

import io.gantry.api.kind.FieldErrors;
import java.net.InetAddress;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Texts that name other things: names, addresses, paths.
public final class References {
    private References() {}

    /// Empty for an absent text.
    public static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    /// A value must be there.
    public static void required(@Nullable String value, String path, FieldErrors errors) {
        if (text(value).isEmpty()) {
            errors.required(path, "");
        }
    }

    /// A value in a format; every fault on its own.
    public static void format(
            @Nullable String value, Function<String, List<String>> format, String path, FieldErrors errors) {
        String text = text(value);
        format.apply(text).forEach(m -> errors.invalid(path, text, m));
    }

    /// A value in a format, where there is one.
    public static void optional(
            @Nullable String value, Function<String, List<String>> format, String path, FieldErrors errors) {
        if (!text(value).isEmpty()) {
            format(value, format, path, errors);
        }
    }

    /// A value in a format, where the field is set, to nothing too: for what is a pointer upstream.
    public static void present(
            @Nullable String value, Function<String, List<String>> format, String path, FieldErrors errors) {
        if (value != null) {
            format(value, format, path, errors);
        }
    }

    /// A value that must be there, in a format.
    public static void requiredFormat(
            @Nullable String value, Function<String, List<String>> format, String path, FieldErrors errors) {
        if (text(value).isEmpty()) {
            errors.required(path, "");
        } else {
            format(value, format, path, errors);
        }
    }

    /// A value of a closed set.
    public static void oneOf(@Nullable String value, List<String> allowed, String path, FieldErrors errors) {
        if (!allowed.contains(text(value))) {
            errors.notSupported(path, text(value), allowed);
        }
    }

    /// An IPv4 or IPv6 address.
    public static void ip(@Nullable String value, String path, FieldErrors errors) {
        if (!isIp(text(value))) {
            errors.invalid(path, text(value), "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)");
        }
    }

    /// Whether a text is an IPv4 or IPv6 address; never resolves a name.
    public static boolean isIp(String value) {
        return isIpv4(value) || isIpv6(value);
    }

    /// Four decimal numbers up to 255 without leading zeros.
    public static boolean isIpv4(String value) {
        String[] parts = value.split("\\.", -1);
        if (parts.length != 4) {
            return false;
        }
        for (String part : parts) {
            boolean digits =
                    !part.isEmpty() && part.length() <= 3 && part.chars().allMatch(c -> c >= '0' && c <= '9');
            if (!digits || (part.length() > 1 && part.startsWith("0")) || Integer.parseInt(part) > 255) {
                return false;
            }
        }
        return true;
    }

    /// An IPv6 address without brackets or zone.
    public static boolean isIpv6(String value) {
        if (!value.contains(":") || !value.chars().allMatch(c -> c == ':' || c == '.' || Character.digit(c, 16) >= 0)) {
            return false;
        }
        try {
            InetAddress.ofLiteral(value);
            return true;
        } catch (IllegalArgumentException notAnAddress) {
            return false;
        }
    }

    /// An address range such as `10.9.8.0/24`.
    public static boolean isCidr(String value) {
        int slash = value.indexOf('/');
        if (slash < 0) {
            return false;
        }
        String address = value.substring(0, slash);
        String length = value.substring(slash + 1);
        if (!isIp(address)
                || length.isEmpty()
                || length.length() > 3
                || !length.chars().allMatch(Character::isDigit)) {
            return false;
        }
        return Integer.parseInt(length) <= (isIpv4(address) ? 32 : 128);
    }

    /// An address range.
    public static void cidr(@Nullable String value, String path, FieldErrors errors) {
        if (!isCidr(text(value))) {
            errors.invalid(path, text(value), "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)");
        }
    }

    /// A path below some directory: relative and without `..`.
    public static void descendingPath(String value, String path, FieldErrors errors) {
        if (value.startsWith("/")) {
            errors.invalid(path, value, "must be a relative path");
        }
        noBacksteps(value, path, errors);
    }

    /// A path without `..` as a segment.
    public static void noBacksteps(String value, String path, FieldErrors errors) {
        if (List.of(value.split("/")).contains("..")) {
            errors.invalid(path, value, "must not contain '..'");
        }
    }

    /// A relative path that does not begin with `..`, which the kubelet's volumes keep to themselves.
    public static void nonReservedPath(String value, String path, FieldErrors errors) {
        descendingPath(value, path, errors);
        if (value.startsWith("..") && !value.startsWith("../") && !value.equals("..")) {
            errors.invalid(path, value, "must not start with '..'");
        }
    }
}
