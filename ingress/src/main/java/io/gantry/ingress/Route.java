package io.gantry.ingress;

import java.util.List;

/// Where requests for one host and path go.
///
/// @param host a name, `*.` and a name, or empty for any
/// @param path begins with `/`
/// @param exact whether the path must be equal; else its elements are a prefix
/// @param backends `IP:PORT` of the endpoints that serve; empty when none does
record Route(String host, String path, boolean exact, List<String> backends) {
    Route {
        backends = List.copyOf(backends);
    }

    boolean matchesHost(String wanted) {
        if (host.isEmpty() || host.equalsIgnoreCase(wanted)) {
            return true;
        }
        int dot = wanted.indexOf('.');
        return host.startsWith("*.") && dot > 0 && wanted.substring(dot + 1).equalsIgnoreCase(host.substring(2));
    }

    /// Whole elements only: `/foo` is a prefix of `/foo/bar`, not of `/foobar`.
    boolean matchesPath(String wanted) {
        if (exact) {
            return wanted.equals(path);
        }
        String prefix = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return wanted.equals(prefix) || wanted.startsWith(prefix + "/");
    }

    /// How special the host is: a name before a wildcard before any.
    int hostRank() {
        if (host.isEmpty()) {
            return 2;
        }
        return host.startsWith("*.") ? 1 : 0;
    }
}
