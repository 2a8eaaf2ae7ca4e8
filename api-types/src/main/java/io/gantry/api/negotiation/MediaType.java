package io.gantry.api.negotiation;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// One clause of an Accept header, or a Content-Type.
///
/// @param type `type/subtype` in lower case
/// @param parameters by lower-case name, without `q`
/// @param quality 0 to 1
public record MediaType(String type, Map<String, String> parameters, double quality) {
    public MediaType {
        parameters = Map.copyOf(parameters);
    }

    /// Clients send the same few over and over. Once full it stays as it is.
    private static final Map<String, MediaType> KNOWN = new ConcurrentHashMap<>();

    private static final int MAX_CLAUSES = 32;
    private static final int MAX_KNOWN = 256;
    private static final int MAX_KNOWN_LENGTH = 128;

    /// Reads one clause; what is malformed in a parameter is left out.
    public static MediaType parse(String clause) {
        MediaType known = KNOWN.get(clause);
        if (known != null) {
            return known;
        }
        MediaType parsed = read(clause);
        if (KNOWN.size() < MAX_KNOWN && clause.length() <= MAX_KNOWN_LENGTH) {
            KNOWN.put(clause, parsed);
        }
        return parsed;
    }

    /// The clauses of an Accept header, best first, those of the same quality in the client's order; without those that
    /// are refused. An empty header accepts everything. At most 32 clauses are looked at.
    public static List<MediaType> clauses(String header) {
        if (header.isBlank()) {
            return List.of(parse("*/*"));
        }
        return Arrays.stream(header.split(","))
                .limit(MAX_CLAUSES)
                .map(MediaType::parse)
                .filter(clause -> clause.quality() > 0)
                .sorted(Comparator.comparingDouble((MediaType clause) -> clause.quality)
                        .reversed())
                .toList();
    }

    private static MediaType read(String clause) {
        String[] parts = clause.split(";");
        Map<String, String> parameters = new LinkedHashMap<>();
        double quality = 1;
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            if (equals < 0) {
                continue;
            }
            String name = parts[i].substring(0, equals).strip().toLowerCase(Locale.ROOT);
            String value = unquote(parts[i].substring(equals + 1).strip());
            if (name.equals("q")) {
                quality = quality(value);
            } else {
                parameters.put(name, value);
            }
        }
        return new MediaType(parts.length == 0 ? "" : parts[0].strip().toLowerCase(Locale.ROOT), parameters, quality);
    }

    /// The value of a parameter, empty where it is absent.
    public String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }

    /// Whether this clause, with its wildcards, allows `concrete`.
    public boolean allows(String concrete) {
        return type.equals(concrete)
                || type.equals("*/*")
                || (type.endsWith("/*") && concrete.startsWith(type.substring(0, type.length() - 1)));
    }

    private static String unquote(String value) {
        return value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")
                ? value.substring(1, value.length() - 1)
                : value;
    }

    private static double quality(String value) {
        try {
            return Math.clamp(Double.parseDouble(value), 0.0, 1.0);
        } catch (NumberFormatException e) {
            return 1;
        }
    }
}
