package io.gantry.api.schema;

import io.gantry.api.schema.annotation.ApiType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Which scalar fields are pointers in upstream's types, so that a zero differs from absence. Zeros of all others are
/// not written by Go, and so mean nothing. Read once from the class path.
final class GoPointers {
    private static final String RESOURCE = "/io/gantry/api/protobuf/pointers.txt";
    private static final int MAX_EMBEDDED = 3;

    /// Structs that upstream embeds and our records spell out.
    private static final Map<String, String> EMBEDS = Map.of(
            "EphemeralContainer", "EphemeralContainerCommon",
            "NamedRuleWithOperations", "RuleWithOperations",
            "RuleWithOperations", "Rule");

    private static final Map<String, Set<String>> FIELDS = load();

    private GoPointers() {}

    /// Whether the field is a pointer. Names are compared without case, since protobuf spells some otherwise.
    static boolean isPointer(Class<?> record, String jsonName) {
        ApiType type = record.getAnnotation(ApiType.class);
        if (type == null || jsonName.indexOf('-') >= 0 || jsonName.startsWith("$")) {
            return true;
        }
        String message =
                "k8s.io." + type.openApi().substring("io.k8s.".length()).replace('-', '_');
        int name = message.lastIndexOf('.') + 1;
        String packageName = message.substring(0, name);
        String struct = message.substring(name);
        String field = jsonName.toLowerCase(Locale.ROOT);
        for (int i = 0; i < MAX_EMBEDDED && !struct.isEmpty(); i++) {
            if (FIELDS.getOrDefault(packageName + struct, Set.of()).contains(field)) {
                return true;
            }
            struct = EMBEDS.getOrDefault(struct, "");
        }
        return false;
    }

    private static Map<String, Set<String>> load() {
        Map<String, Set<String>> fields = new HashMap<>();
        try (InputStream in = Objects.requireNonNull(GoPointers.class.getResourceAsStream(RESOURCE), RESOURCE);
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            reader.lines().forEach(line -> {
                String[] parts = line.toLowerCase(Locale.ROOT).split("\t");
                String message = line.substring(0, line.indexOf('\t'));
                fields.put(message, new HashSet<>(List.of(parts[1].split(" "))));
            });
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return fields;
    }
}
