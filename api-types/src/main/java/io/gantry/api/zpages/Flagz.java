package io.gantry.api.zpages;

import io.gantry.api.Json;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/// With which flags a process runs. None of them is a secret: keys and tokens are in files that flags name.
public record Flagz(String component, SortedMap<String, String> flags) implements ZPage {
    public Flagz {
        flags = Collections.unmodifiableSortedMap(new TreeMap<>(flags));
    }

    public static Flagz of(String component, Map<String, String> flags) {
        return new Flagz(component, new TreeMap<>(flags));
    }

    @Override
    public String kind() {
        return "Flagz";
    }

    @Override
    public ObjectNode fields() {
        ObjectNode fields = Json.MAPPER.createObjectNode();
        if (!flags.isEmpty()) {
            flags.forEach(fields.putObject("flags")::put);
        }
        return fields;
    }

    @Override
    public String lines(String separator) {
        return flags.entrySet().stream()
                .map(flag -> flag.getKey() + separator + flag.getValue() + "\n")
                .collect(Collectors.joining());
    }
}
