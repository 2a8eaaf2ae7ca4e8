package io.gantry.apiserver.openapi;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/// Upstream's descriptions of models and fields, as the build of `api-types` extracted them. Read for the making of
/// documents and thrown away after it: 600 KB of text are not held.
final class Descriptions {
    private static final String RESOURCE = "/io/gantry/api/facts/descriptions.txt";

    private final Map<String, String> byKey = new HashMap<>();

    private Descriptions() {}

    static Descriptions load() {
        Descriptions descriptions = new Descriptions();
        try (InputStream in = Objects.requireNonNull(Descriptions.class.getResourceAsStream(RESOURCE), RESOURCE);
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            String model = "";
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String[] columns = line.split("\t", 3);
                if (columns.length == 3) {
                    descriptions.byKey.put(model + "." + columns[1], unescape(columns[2]));
                } else if (columns.length == 2) {
                    model = columns[0];
                    descriptions.byKey.put(model, unescape(columns[1]));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return descriptions;
    }

    /// What a model is; empty where upstream says nothing.
    String of(String model) {
        return byKey.getOrDefault(model, "");
    }

    /// What a field is; empty where upstream says nothing.
    String of(String model, String field) {
        return byKey.getOrDefault(model + "." + field, "");
    }

    private static String unescape(String text) {
        return text.indexOf('\\') < 0
                ? text
                : text.replace("\\\\", "\0")
                        .replace("\\n", "\n")
                        .replace("\\t", "\t")
                        .replace("\0", "\\");
    }
}
