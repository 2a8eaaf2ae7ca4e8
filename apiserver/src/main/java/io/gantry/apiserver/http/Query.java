package io.gantry.apiserver.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Decoded query parameters in order. Immutable.
public final class Query {
    public static final Query NONE = new Query("", new String[0]);

    private final String raw;
    private final String[] pairs;

    private Query(String raw, String[] pairs) {
        this.raw = raw;
        this.pairs = pairs;
    }

    /// Parses the part after `?`. A malformed escape is kept as it stands.
    public static Query parse(String raw) {
        if (raw.isEmpty()) {
            return NONE;
        }
        List<String> pairs = new ArrayList<>();
        for (String part : raw.split("&")) {
            if (!part.isEmpty()) {
                int equals = part.indexOf('=');
                pairs.add(decode(equals < 0 ? part : part.substring(0, equals)));
                pairs.add(equals < 0 ? "" : decode(part.substring(equals + 1)));
            }
        }
        return new Query(raw, pairs.toArray(String[]::new));
    }

    private static String decode(String text) {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return text;
        }
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    /// The text after `?`, undecoded.
    public String raw() {
        return raw;
    }

    public Optional<String> first(String name) {
        return Optional.ofNullable(get(name));
    }

    /// The first value, or the empty string.
    public String text(String name) {
        String value = get(name);
        return value == null ? "" : value;
    }

    public @Nullable String get(String name) {
        return Pairs.first(pairs, name);
    }

    public List<String> all(String name) {
        return Pairs.all(pairs, name);
    }

    /// A boolean as upstream's query decoding reads it: present and neither `false` nor `0`.
    public boolean flag(String name) {
        String value = get(name);
        return value != null && !value.equalsIgnoreCase("false") && !value.equals("0");
    }

    @Override
    public String toString() {
        return raw;
    }
}
