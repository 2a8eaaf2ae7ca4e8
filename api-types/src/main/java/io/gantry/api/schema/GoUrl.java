package io.gantry.api.schema;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A URL as Go's `net/url` reads that of a request: absolute, or an absolute path.
///
/// @param scheme in small letters, empty for a path
/// @param host with its port
public record GoUrl(String scheme, String host, String path, String query, String fragment) {
    private static final Pattern SCHEME = Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]*):(.*)", Pattern.DOTALL);
    private static final Pattern HOST =
            Pattern.compile("(\\[[0-9a-fA-F:.]+(?:%25[^\\]]*)?]|[^\\[\\]:/?# <>\"\\\\^`{|}]*)(?::(\\d*))?");
    private static final Pattern USER = Pattern.compile("[a-zA-Z0-9._:~!$&'()*+,;=%@-]*");
    private static final Pattern BAD_ESCAPE = Pattern.compile("%(?![0-9a-fA-F]{2})");

    /// Whether a text is the URL of a request.
    public static boolean isRequest(String text) {
        try {
            return text.equals("*") || of(text, "") != null;
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    /// Reads the URL of a request, in which a `#` belongs to what it stands beside.
    ///
    /// @param text without the fragment, if there is one
    /// @throws IllegalArgumentException with Go's words when the text is none
    public static GoUrl of(String text, String fragment) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("empty url");
        }
        if (text.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            throw new IllegalArgumentException("net/url: invalid control character in URL");
        }
        Matcher scheme = SCHEME.matcher(text);
        String name = scheme.matches() ? scheme.group(1).toLowerCase(Locale.ROOT) : "";
        String rest = scheme.matches() ? scheme.group(2) : text;
        if (name.isEmpty() && rest.startsWith(":")) {
            throw new IllegalArgumentException("missing protocol scheme");
        }
        int question = rest.indexOf('?');
        String query = question < 0 ? "" : rest.substring(question + 1);
        String hierarchy = question < 0 ? rest : rest.substring(0, question);
        if (hierarchy.startsWith("/")) {
            return of(name, hierarchy, query, fragment);
        }
        if (name.isEmpty()) {
            throw new IllegalArgumentException("invalid URI for request");
        }
        return new GoUrl(name, "", "", query, fragment);
    }

    private static GoUrl of(String scheme, String hierarchy, String query, String fragment) {
        String host = "";
        String path = hierarchy;
        if (hierarchy.startsWith("//") && (!scheme.isEmpty() || !hierarchy.startsWith("///"))) {
            int slash = hierarchy.indexOf('/', 2);
            host = host(slash < 0 ? hierarchy.substring(2) : hierarchy.substring(2, slash));
            path = slash < 0 ? "" : hierarchy.substring(slash);
        }
        Matcher bad = BAD_ESCAPE.matcher(path);
        if (bad.find()) {
            int end = Math.min(path.length(), bad.start() + 3);
            throw new IllegalArgumentException("invalid URL escape \"" + path.substring(bad.start(), end) + "\"");
        }
        return new GoUrl(scheme, host, path, query, fragment);
    }

    private static String host(String authority) {
        int at = authority.lastIndexOf('@');
        if (at >= 0 && !USER.matcher(authority.substring(0, at)).matches()) {
            throw new IllegalArgumentException("net/url: invalid userinfo");
        }
        String host = authority.substring(at + 1);
        if (!HOST.matcher(host).matches()) {
            throw new IllegalArgumentException("invalid character in host name");
        }
        return host;
    }

    /// The host without its port and brackets.
    public String hostname() {
        Matcher form = HOST.matcher(host);
        String name = form.matches() ? String.valueOf(form.group(1)) : host;
        return name.startsWith("[") ? name.substring(1, name.length() - 1) : name;
    }

    /// The port's digits, empty where none is told.
    public String port() {
        Matcher form = HOST.matcher(host);
        return form.matches() && form.group(2) != null ? form.group(2) : "";
    }
}
