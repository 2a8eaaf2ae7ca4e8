package io.gantry.clusterdns.zone;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/// IP addresses as texts; never asks a resolver.
public final class Addresses {
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final String IPV4_SUFFIX = ".in-addr.arpa";
    private static final String IPV6_SUFFIX = ".ip6.arpa";
    private static final int IPV6_NIBBLES = 32;

    private Addresses() {}

    /// The address, or empty when the text is none.
    public static Optional<InetAddress> parse(String text) {
        if (!IPV4.matcher(text).matches() && text.indexOf(':') < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// The address that a name in `in-addr.arpa` or `ip6.arpa` stands for, in the JDK's text form.
    static Optional<String> fromReverse(String name) {
        if (name.endsWith(IPV4_SUFFIX)) {
            String[] parts =
                    name.substring(0, name.length() - IPV4_SUFFIX.length()).split("\\.");
            return parts.length == 4
                    ? parse(parts[3] + "." + parts[2] + "." + parts[1] + "." + parts[0])
                            .map(InetAddress::getHostAddress)
                    : Optional.empty();
        }
        String[] nibbles =
                name.substring(0, name.length() - IPV6_SUFFIX.length()).split("\\.");
        if (nibbles.length != IPV6_NIBBLES) {
            return Optional.empty();
        }
        StringBuilder text = new StringBuilder();
        for (int i = IPV6_NIBBLES - 1; i >= 0; i--) {
            text.append(nibbles[i]).append(i > 0 && i % 4 == 0 ? ":" : "");
        }
        return parse(text.toString()).map(InetAddress::getHostAddress);
    }
}
