package io.gantry.ingress.route;

import java.util.Locale;

/// Names of hosts as routes and certificates are chosen by. Pure.
public final class HostName {
    private HostName() {}

    /// The name in a `Host` header: without port and final dot, in lower case.
    public static String of(String header) {
        String name = header;
        if (name.startsWith("[")) {
            int end = name.indexOf(']');
            return end < 0 ? name : name.substring(0, end + 1);
        }
        int colon = name.lastIndexOf(':');
        if (colon >= 0) {
            name = name.substring(0, colon);
        }
        if (name.endsWith(".")) {
            name = name.substring(0, name.length() - 1);
        }
        return name.toLowerCase(Locale.ROOT);
    }

    /// The wildcard that covers a name: `*.b.c` for `a.b.c`; empty when there is none.
    public static String wildcard(String name) {
        int dot = name.indexOf('.');
        return dot > 0 && dot < name.length() - 1 ? "*" + name.substring(dot) : "";
    }
}
