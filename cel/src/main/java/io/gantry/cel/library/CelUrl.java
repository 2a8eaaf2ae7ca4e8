package io.gantry.cel.library;

import io.gantry.cel.value.CelError;
import io.gantry.cel.value.Opaque;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A URL as Go's `net/url` reads it: absolute, or an absolute path.
record CelUrl(String scheme, String host, String path, String query, String fragment) implements Opaque {
    static final String TYPE = "kubernetes.URL";
    private static final Pattern SCHEME = Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]*):(.*)", Pattern.DOTALL);
    private static final Pattern HOST =
            Pattern.compile("(\\[[0-9a-fA-F:.]+(?:%25[^\\]]*)?]|[^\\[\\]:/?# <>\"\\\\^`{|}]*)(?::(\\d*))?");
    private static final Pattern USER = Pattern.compile("[a-zA-Z0-9._:~!$&'()*+,;=%@-]*");
    private static final Pattern BAD_ESCAPE = Pattern.compile("%(?![0-9a-fA-F]{2})");

    /// The text is first read as a request's URI, where a fragment belongs to what it stands beside, and then as a
    /// URL, as upstream does: `https://a#b` is none.
    ///
    /// @throws CelError when the text is no URL
    static CelUrl parse(String text) {
        int hash = text.indexOf('#');
        CelUrl request = parse(text, text, "");
        return hash < 0 ? request : parse(text, text.substring(0, hash), text.substring(hash + 1));
    }

    private static CelUrl parse(String text, String unfragmented, String fragment) {
        if (text.isEmpty()) {
            throw failure(text, "empty url");
        }
        if (text.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            throw failure(text, "net/url: invalid control character in URL");
        }
        String rest = unfragmented;
        Matcher scheme = SCHEME.matcher(rest);
        String name = "";
        if (scheme.matches()) {
            name = scheme.group(1).toLowerCase(java.util.Locale.ROOT);
            rest = scheme.group(2);
        } else if (rest.startsWith(":")) {
            throw failure(text, "missing protocol scheme");
        }
        int question = rest.indexOf('?');
        String query = question < 0 ? "" : rest.substring(question + 1);
        String hierarchy = question < 0 ? rest : rest.substring(0, question);
        if (!hierarchy.startsWith("/")) {
            if (name.isEmpty()) {
                throw failure(text, "invalid URI for request");
            }
            return new CelUrl(name, "", "", query, fragment);
        }
        String host = "";
        boolean hasAuthority = hierarchy.startsWith("//") && (!name.isEmpty() || !hierarchy.startsWith("///"));
        if (hasAuthority) {
            int slash = hierarchy.indexOf('/', 2);
            String authority = slash < 0 ? hierarchy.substring(2) : hierarchy.substring(2, slash);
            int at = authority.lastIndexOf('@');
            if (at >= 0 && !USER.matcher(authority.substring(0, at)).matches()) {
                throw failure(text, "net/url: invalid userinfo");
            }
            host = authority.substring(at + 1);
            hierarchy = slash < 0 ? "" : hierarchy.substring(slash);
            if (!HOST.matcher(host).matches()) {
                throw failure(text, "invalid character in host name");
            }
        }
        Matcher bad = BAD_ESCAPE.matcher(hierarchy);
        if (bad.find()) {
            int end = Math.min(hierarchy.length(), bad.start() + 3);
            throw failure(text, "invalid URL escape \"" + hierarchy.substring(bad.start(), end) + "\"");
        }
        return new CelUrl(name, host, hierarchy, query, fragment);
    }

    private static CelError failure(String text, String why) {
        return new CelError("URL parse error during conversion from string: parse \"" + text + "\": " + why);
    }

    String hostname() {
        Matcher form = HOST.matcher(host);
        String name = form.matches() ? String.valueOf(form.group(1)) : host;
        return name.startsWith("[") ? name.substring(1, name.length() - 1) : name;
    }

    String port() {
        Matcher form = HOST.matcher(host);
        return form.matches() && form.group(2) != null ? form.group(2) : "";
    }

    /// The path with everything escaped that must be.
    String escapedPath() {
        StringBuilder escaped = new StringBuilder();
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || "-_.~$&+,/:;=@%!'()*[]".indexOf(c) >= 0)) {
                escaped.append(c);
            } else {
                escaped.append('%').append(String.format("%02X", (int) c));
            }
        }
        return escaped.toString();
    }

    /// The values of each key of the query; malformed pairs are left out.
    Map<String, List<Object>> values() {
        Map<String, List<Object>> values = new LinkedHashMap<>();
        for (String pair : query.split("&")) {
            if (pair.isEmpty() || pair.contains(";") || BAD_ESCAPE.matcher(pair).find()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String key = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            values.computeIfAbsent(URLDecoder.decode(key, StandardCharsets.UTF_8), k -> new ArrayList<>())
                    .add(URLDecoder.decode(value, StandardCharsets.UTF_8));
        }
        return values;
    }

    @Override
    public String typeName() {
        return TYPE;
    }
}
