package io.gantry.apiserver.proxy;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// Builds the query of a target.
public final class QueryText {
    private final StringBuilder text = new StringBuilder();

    QueryText add(String name, String value) {
        text.append(text.isEmpty() ? '?' : '&').append(encode(name)).append('=').append(encode(value));
        return this;
    }

    QueryText addIf(boolean condition, String name, String value) {
        return condition ? add(name, value) : this;
    }

    /// Percent-encodes, a blank as `%20`.
    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
