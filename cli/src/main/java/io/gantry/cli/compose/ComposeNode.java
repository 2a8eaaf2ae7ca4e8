package io.gantry.cli.compose;

import io.gantry.cli.CliException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A value in a Compose file with the path to it, so that every complaint names its place.
///
/// @param path e.g. `services.web.ports[0]`
/// @param value what YAML had there: map, list, scalar or null
record ComposeNode(String path, @Nullable Object value) {

    CliException wrong(String what) {
        return new CliException(path + ": " + what);
    }

    boolean isPresent() {
        return value != null;
    }

    boolean isMap() {
        return value instanceof Map<?, ?>;
    }

    boolean isList() {
        return value instanceof List<?>;
    }

    ComposeNode get(String name) {
        return new ComposeNode(path.isEmpty() ? name : path + "." + name, map().get(name));
    }

    Map<?, ?> map() {
        if (value == null) {
            return Map.of();
        }
        if (value instanceof Map<?, ?> members) {
            return members;
        }
        throw wrong("a mapping is expected here");
    }

    /// The members by name, in order.
    Map<String, ComposeNode> members() {
        Map<String, ComposeNode> members = new LinkedHashMap<>();
        map().keySet().forEach(key -> members.put(String.valueOf(key), get(String.valueOf(key))));
        return members;
    }

    /// The elements; one scalar counts as a list of itself.
    List<ComposeNode> elements() {
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list)) {
            return List.of(this);
        }
        List<ComposeNode> elements = new ArrayList<>();
        for (Object element : list) {
            elements.add(new ComposeNode(path + "[" + elements.size() + "]", element));
        }
        return elements;
    }

    String text() {
        if (value == null || value instanceof Map<?, ?> || value instanceof List<?>) {
            throw wrong("a text or number is expected here");
        }
        return value.toString();
    }

    Optional<String> optionalText() {
        return isPresent() ? Optional.of(text()) : Optional.empty();
    }

    List<String> texts() {
        return elements().stream().map(ComposeNode::text).toList();
    }

    boolean bool() {
        return switch (optionalText().orElse("false")) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong("true or false is expected here");
        };
    }

    int number() {
        try {
            return Integer.parseInt(text());
        } catch (NumberFormatException e) {
            throw wrong("a whole number is expected here, not " + text());
        }
    }

    /// A mapping of texts, or a list of `NAME=value`; a name alone has no value.
    Map<String, Optional<String>> pairs() {
        Map<String, Optional<String>> pairs = new LinkedHashMap<>();
        if (isMap()) {
            members().forEach((name, node) -> pairs.put(name, node.optionalText()));
            return pairs;
        }
        for (String pair : texts()) {
            int equals = pair.indexOf('=');
            pairs.put(
                    equals < 0 ? pair : pair.substring(0, equals),
                    equals < 0 ? Optional.empty() : Optional.of(pair.substring(equals + 1)));
        }
        return pairs;
    }

    /// @throws CliException naming members that are not known; `x-…` is anybody's
    void refuseOthers(Set<String> known) {
        Set<String> others = new TreeSet<>(members().keySet());
        others.removeAll(known);
        others.removeIf(name -> name.startsWith("x-"));
        if (!others.isEmpty()) {
            throw wrong("not supported: " + String.join(", ", others));
        }
    }
}
