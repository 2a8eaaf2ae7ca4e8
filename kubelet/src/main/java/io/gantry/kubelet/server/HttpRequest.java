package io.gantry.kubelet.server;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A request's head.
///
/// @param path decoded segments
/// @param headers by lower-case name
record HttpRequest(
        String method, List<String> path, Map<String, List<String>> query, Map<String, List<String>> headers) {
    static HttpRequest of(String method, String target, Map<String, List<String>> headers) {
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        List<String> segments = new ArrayList<>();
        for (String segment : path.split("/")) {
            if (!segment.isEmpty()) {
                segments.add(decode(segment.replace("+", "%2B")));
            }
        }
        Map<String, List<String>> query = new LinkedHashMap<>();
        if (mark >= 0) {
            for (String pair : target.substring(mark + 1).split("&")) {
                int equals = pair.indexOf('=');
                String name = decode(equals < 0 ? pair : pair.substring(0, equals));
                String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
                query.computeIfAbsent(name, k -> new ArrayList<>()).add(value);
            }
        }
        return new HttpRequest(method, segments, query, headers);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /// The first value of a parameter; empty where there is none.
    String parameter(String name) {
        List<String> values = query.getOrDefault(name, List.of());
        return values.isEmpty() ? "" : values.getFirst();
    }

    /// Whether a parameter says yes.
    boolean flag(String name) {
        String value = parameter(name).toLowerCase(Locale.ROOT);
        return value.equals("1") || value.equals("true") || value.equals("t");
    }

    Optional<String> header(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }

    /// The values of a header that may be repeated or hold a list.
    List<String> headerList(String name) {
        List<String> values = new ArrayList<>();
        for (String line : headers.getOrDefault(name, List.of())) {
            for (String value : line.split(",")) {
                values.add(value.trim());
            }
        }
        return values;
    }

    boolean upgrades() {
        return headerList("connection").stream().anyMatch("upgrade"::equalsIgnoreCase)
                && header("upgrade").isPresent();
    }
}
