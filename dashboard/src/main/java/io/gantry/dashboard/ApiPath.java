package io.gantry.dashboard;

import java.util.Locale;
import java.util.regex.Pattern;

/// Which paths of the API server the page may ask for: its API, and nothing that answers in the name of somebody else.
final class ApiPath {
    private static final Pattern API = Pattern.compile("/(version|apis?|apis?/[^?]*)");

    /// What pods, services and nodes answer through the API server would run as a page of the dashboard's own origin.
    private static final Pattern PROXIED = Pattern.compile("/(pods|services|nodes)/[^/]+/proxy(/|$)");

    private static final Pattern SHELL =
            Pattern.compile("/api/v1/namespaces/[a-z0-9-]+/pods/[a-z0-9.-]+/(exec|attach)");

    private ApiPath() {}

    /// Whether a path is passed on. Paths are looked at as they come: encoded slashes, dots and backslashes are
    /// refused.
    static boolean passes(String path) {
        String small = path.toLowerCase(Locale.ROOT);
        return API.matcher(path).matches()
                && !small.contains("//")
                && !small.contains("/.")
                && !small.contains("\\")
                && !small.contains("%2e")
                && !small.contains("%2f")
                && !small.contains("%5c")
                && !small.contains("%25")
                && !PROXIED.matcher(small).find();
    }

    /// Whether a WebSocket to it is a terminal's.
    static boolean isShell(String path) {
        return SHELL.matcher(path).matches();
    }
}
