package io.gantry.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.gantry.api.resource.IntOrString;
import io.gantry.api.resource.Quantity;
import io.gantry.api.schema.annotation.Format;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Documents of every record of the API, made from its components.
final class Documents {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int DEEPEST = 5;
    private static final List<String> TEXTS =
            List.of("web", "", "ein Käse \"mit\" \\ Löchern\n", "\uD83D\uDE00\u0001", "a".repeat(70), "0");
    private static final List<String> QUANTITIES =
            List.of("0", "100m", "128Mi", "1.5", "1e3", "-2k", "12345678901234567890", "+5Gi", "1000000000000000000");
    private static final List<String> TIMES = List.of(
            "2026-11-21T10:00:00Z",
            "2024-02-29T23:59:59.123456Z",
            "1999-12-31T23:59:59.000000001+05:30",
            "2026-11-21T10:00:00.5-08:00",
            "0001-01-01T00:00:00Z",
            "1969-07-20T20:17:40.250Z");

    private Documents() {}

    /// All records that have a codec.
    static List<Class<?>> types() {
        try {
            URI classes = Json.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI();
            try (Stream<Path> files = Files.walk(Path.of(classes).resolve("io/gantry/api"))) {
                return files.map(f -> Path.of(classes).relativize(f).toString())
                        .filter(f -> f.endsWith("Codec.class") && !f.contains("/json/"))
                        .map(f -> f.substring(0, f.length() - "Codec.class".length())
                                .replace('/', '.'))
                        .sorted()
                        .<Class<?>>map(Documents::type)
                        .toList();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Databind writes it as it is; others have digits that it leaves out.
    private static final String MICRO_TIME = "2026-11-21T10:00:00.123456Z";

    /// What to put into a document.
    enum Form {
        /// Every field.
        FULL,
        /// About half of the fields, others null or unknown.
        SPARSE,
        /// Every field is a null, or an element is.
        NULLS
    }

    static ObjectNode of(Class<?> record, Form form, Random random) {
        return object(record, form, random, 0);
    }

    private static ObjectNode object(Class<?> record, Form form, Random random, int depth) {
        ObjectNode object = NODES.objectNode();
        for (RecordComponent component : record.getRecordComponents()) {
            switch (form) {
                case FULL -> put(object, component, form, random, depth);
                case SPARSE -> {
                    switch (random.nextInt(6)) {
                        case 0 -> object.putNull(name(component));
                        case 1 -> object.set("x" + name(component), tree(random));
                        case 2 -> {}
                        default -> put(object, component, form, random, depth);
                    }
                }
                case NULLS -> {
                    if (random.nextInt(3) == 0) {
                        object.putNull(name(component));
                    } else {
                        put(object, component, form, random, depth);
                    }
                }
            }
        }
        return object;
    }

    private static void put(ObjectNode object, RecordComponent component, Form form, Random random, int depth) {
        JsonNode value = isMicroTime(component)
                ? NODES.stringNode(MICRO_TIME)
                : value(component.getGenericType(), form, random, depth + 1);
        if (value != null) {
            object.set(name(component), value);
        }
    }

    private static boolean isMicroTime(RecordComponent component) {
        Format format = component.getAnnotation(Format.class);
        return format != null && format.value().equals("micro-time");
    }

    private static JsonNode value(Type type, Form form, Random random, int depth) {
        if (type instanceof ParameterizedType generic) {
            Type element = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
            int size = depth > DEEPEST ? 0 : random.nextInt(3);
            return generic.getRawType() == List.class
                    ? list(element, size, form, random, depth)
                    : map(element, random.nextInt(20) == 0 ? 15 : size, form, random, depth);
        }
        Class<?> plain = (Class<?>) type;
        if (plain == String.class) {
            return NODES.stringNode(TEXTS.get(random.nextInt(TEXTS.size())) + random.nextInt(3));
        } else if (plain == Integer.class) {
            return NODES.numberNode(random.nextInt());
        } else if (plain == Long.class) {
            return NODES.numberNode(random.nextBoolean() ? random.nextLong() : random.nextInt(100));
        } else if (plain == Boolean.class) {
            return NODES.booleanNode(random.nextBoolean());
        } else if (plain == Double.class) {
            return random.nextBoolean()
                    ? NODES.numberNode(random.nextDouble() * 1e9)
                    : NODES.numberNode(random.nextInt());
        } else if (plain == Instant.class) {
            return NODES.stringNode(TIMES.get(random.nextInt(TIMES.size())));
        } else if (plain == Quantity.class) {
            return random.nextInt(10) == 0
                    ? NODES.numberNode(random.nextInt(5000))
                    : NODES.stringNode(QUANTITIES.get(random.nextInt(QUANTITIES.size())));
        } else if (plain == IntOrString.class) {
            return random.nextBoolean() ? NODES.numberNode(random.nextInt(65536)) : NODES.stringNode("25%");
        } else if (plain == JsonNode.class) {
            return tree(random);
        }
        return depth > DEEPEST ? null : object(plain, form, random, depth);
    }

    private static JsonNode list(Type element, int size, Form form, Random random, int depth) {
        ArrayNode list = NODES.arrayNode();
        for (int i = 0; i < size; i++) {
            JsonNode value = value(element, form, random, depth + 1);
            list.add(form == Form.NULLS && i == 1 || value == null ? NODES.nullNode() : value);
        }
        return list;
    }

    private static JsonNode map(Type element, int size, Form form, Random random, int depth) {
        ObjectNode map = NODES.objectNode();
        for (int i = 0; i < size; i++) {
            JsonNode value = value(element, form, random, depth + 1);
            map.set("key/" + i, form == Form.NULLS && i == 1 || value == null ? NODES.nullNode() : value);
        }
        return map;
    }

    private static JsonNode tree(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> NODES.stringNode("x");
            case 1 -> NODES.objectNode().put("a", 1).putNull("b");
            case 2 -> NODES.arrayNode().add(1.5).add(true);
            default -> NODES.nullNode();
        };
    }

    static String name(RecordComponent component) {
        JsonProperty given = component.getAccessor().getAnnotation(JsonProperty.class);
        return given == null ? component.getName() : given.value();
    }

    /// The fields of a record, by name.
    static Map<String, Type> fields(Class<?> record) {
        Map<String, Type> fields = new LinkedHashMap<>();
        for (RecordComponent component : record.getRecordComponents()) {
            fields.put(name(component), component.getGenericType());
        }
        return fields;
    }
}
