package io.gantry.cel.library;

import io.gantry.api.schema.GoUrl;
import io.gantry.cel.value.CelError;
import io.gantry.cel.value.Opaque;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// A URL in an expression.
record CelUrl(GoUrl url) implements Opaque {
    static final String TYPE = "kubernetes.URL";
    private static final Pattern BAD_ESCAPE = Pattern.compile("%(?![0-9a-fA-F]{2})");

    /// The text is first read as a request's URI, where a fragment belongs to what it stands beside, and then as a
    /// URL, as upstream does: `https://a#b` is none.
    ///
    /// @throws CelError when the text is no URL
    static CelUrl parse(String text) {
        int hash = text.indexOf('#');
        try {
            GoUrl request = GoUrl.of(text, "");
            return new CelUrl(hash < 0 ? request : GoUrl.of(text.substring(0, hash), text.substring(hash + 1)));
        } catch (IllegalArgumentException malformed) {
            throw new CelError(
                    "URL parse error during conversion from string: parse \"" + text + "\": " + malformed.getMessage());
        }
    }

    String scheme() {
        return url.scheme();
    }

    String host() {
        return url.host();
    }

    String hostname() {
        return url.hostname();
    }

    String port() {
        return url.port();
    }

    /// The path with everything escaped that must be.
    String escapedPath() {
        StringBuilder escaped = new StringBuilder();
        for (byte b : url.path().getBytes(StandardCharsets.UTF_8)) {
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
        for (String pair : url.query().split("&")) {
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
