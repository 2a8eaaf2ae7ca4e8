package io.gantry.api.decode;

import io.gantry.api.Json;
import io.gantry.api.schema.GoDurations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;

/// Reads one mapping of a configuration, field by field. Fields that nobody asked for are a mistake
/// ([#end]), as are values of another type or out of range. Mistakes are collected with their paths, and
/// reported together.
public final class Arguments {
    private final Map<?, ?> values;
    private final String path;
    private final List<String> mistakes;
    private final Set<String> asked = new HashSet<>();

    private Arguments(Map<?, ?> values, String path, List<String> mistakes) {
        this.values = values;
        this.path = path;
        this.mistakes = mistakes;
    }

    /// The mapping that a file of configuration is, in YAML or JSON.
    ///
    /// @param mistakes where mistakes are added
    /// @throws IllegalArgumentException when the text is neither, or no mapping
    public static Arguments ofYaml(String text, List<String> mistakes) {
        try {
            Object document = new Load(LoadSettings.builder().build()).loadFromString(text);
            if (document instanceof Map<?, ?> map) {
                return of(map, "", mistakes);
            }
            throw new IllegalArgumentException("the configuration is not a mapping");
        } catch (YamlEngineException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /// @param path where the mapping stands, empty for the top
    /// @param mistakes where mistakes are added
    public static Arguments of(Map<?, ?> values, String path, List<String> mistakes) {
        return new Arguments(values, path, mistakes);
    }

    /// No fields: everything as by default.
    public static Arguments none() {
        return new Arguments(Map.of(), "", new ArrayList<>());
    }

    /// The path of a field.
    public String path(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /// Notes a mistake in a field's value.
    public void invalid(String key, @Nullable Object value, String why) {
        String shown = value instanceof String text ? "\"" + text + "\"" : String.valueOf(value);
        mistakes.add(path(key) + ": Invalid value: " + shown + ": " + why);
    }

    /// Notes any mistake in a field.
    public void mistake(String key, String what) {
        mistakes.add(path(key) + ": " + what);
    }

    public boolean has(String key) {
        return value(key) != null;
    }

    private @Nullable Object value(String key) {
        asked.add(key);
        return values.get(key);
    }

    private <T> Optional<T> typed(String key, Class<T> type, String name) {
        Object value = value(key);
        if (value == null || type.isInstance(value)) {
            return Optional.ofNullable(type.cast(value));
        }
        invalid(key, value, "must be " + name);
        return Optional.empty();
    }

    public String text(String key, String otherwise) {
        return typed(key, String.class, "a string").orElse(otherwise);
    }

    public boolean flag(String key, boolean otherwise) {
        return typed(key, Boolean.class, "a boolean").orElse(otherwise);
    }

    /// A whole number within bounds.
    ///
    /// @param max the greatest that is allowed; [Integer#MAX_VALUE] for no bound
    public int integer(String key, int otherwise, int min, int max) {
        int value = typed(key, Integer.class, "an integer").orElse(otherwise);
        if (value < min || value > max) {
            String end = max == Integer.MAX_VALUE ? "inf)" : max + "]";
            invalid(key, value, "not in valid range [" + min + ", " + end);
            return otherwise;
        }
        return value;
    }

    /// A duration as Go writes it, e.g. `15s`.
    public Duration duration(String key, Duration otherwise) {
        Optional<String> text = typed(key, String.class, "a duration");
        try {
            return text.map(GoDurations::parse).orElse(otherwise);
        } catch (IllegalArgumentException e) {
            invalid(key, text.orElse(""), "must be a duration");
            return otherwise;
        }
    }

    public Optional<Arguments> object(String key) {
        return typed(key, Map.class, "a mapping").map(map -> new Arguments(map, path(key), mistakes));
    }

    /// The mappings of a list; empty when there is none.
    public List<Arguments> objects(String key) {
        List<Arguments> objects = new ArrayList<>();
        int at = 0;
        for (Object element : typed(key, List.class, "a list").orElse(List.of())) {
            String where = key + "[" + at++ + "]";
            if (element instanceof Map<?, ?> map) {
                objects.add(new Arguments(map, path(where), mistakes));
            } else {
                invalid(where, element, "must be a mapping");
            }
        }
        return objects;
    }

    public List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        for (Object element : typed(key, List.class, "a list").orElse(List.of())) {
            texts.add(String.valueOf(element));
        }
        return texts;
    }

    /// An object of the API, strictly decoded.
    public <T> Optional<T> api(String key, Class<T> type) {
        return typed(key, Map.class, "a mapping").flatMap(map -> decoded(key, map, type));
    }

    private <T> Optional<T> decoded(String key, Object value, Class<T> type) {
        try {
            return Optional.of(Json.MAPPER
                    .readerFor(type)
                    .with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .readValue(Json.MAPPER.writeValueAsString(value)));
        } catch (JacksonException e) {
            mistake(key, e.getOriginalMessage());
            return Optional.empty();
        }
    }

    /// This mapping itself as an object of the API; all of its fields count as asked for.
    public <T> Optional<T> decodedAs(Class<T> type) {
        values.keySet().forEach(key -> asked.add(String.valueOf(key)));
        return decoded("", values, type);
    }

    /// Nothing more is asked for: what is left is unknown.
    public void end() {
        for (Object key : values.keySet()) {
            if (!asked.contains(String.valueOf(key))) {
                mistakes.add("strict decoding error: unknown field \"" + path(String.valueOf(key)) + "\"");
            }
        }
    }
}
