package io.gantry.api.protobuf;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Fields of every protobuf message of the API, as the build extracted them (`docs/decisions/api-facts.md`).
/// Immutable.
final class ProtoFacts {
    private static final String FIELDS = "/io/gantry/api/facts/protobuf.txt";
    private static final String POINTERS = "/io/gantry/api/protobuf/pointers.txt";

    private final Map<String, List<ProtoField>> messages;

    private ProtoFacts(Map<String, List<ProtoField>> messages) {
        this.messages = messages;
    }

    /// Reads the facts from the class path; about 1,000 messages.
    static ProtoFacts load() {
        Map<String, Set<String>> pointers = new HashMap<>();
        for (String line : lines(POINTERS)) {
            String[] parts = line.split("\t");
            pointers.put(parts[0], Set.of(parts[1].split(" ")));
        }
        Map<String, List<ProtoField>> messages = new HashMap<>();
        String message = "";
        for (String line : lines(FIELDS)) {
            if (line.startsWith("\t")) {
                messages.getOrDefault(message, List.of())
                        .add(field(line.split("\t"), pointers.getOrDefault(message, Set.of())));
            } else if (!line.startsWith("#")) {
                message = line.intern();
                messages.put(message, new ArrayList<>());
            }
        }
        return new ProtoFacts(messages);
    }

    /// The fields of a message; empty for one that is not known.
    List<ProtoField> fields(String message) {
        return messages.getOrDefault(message, List.of());
    }

    boolean knows(String message) {
        return messages.containsKey(message);
    }

    private static ProtoField field(String[] columns, Set<String> pointers) {
        return new ProtoField(
                Integer.parseInt(columns[1]),
                columns[2],
                ProtoField.Shape.valueOf(columns[3].toUpperCase(Locale.ROOT)),
                columns[4].intern(),
                pointers.contains(columns[2]));
    }

    private static List<String> lines(String resource) {
        try (InputStream in = Objects.requireNonNull(ProtoFacts.class.getResourceAsStream(resource), resource);
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
