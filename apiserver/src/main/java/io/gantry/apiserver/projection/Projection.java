package io.gantry.apiserver.projection;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Reads some fields of stored objects as a tree and passes over all others, which costs a fraction of a
/// whole tree. A path names fields from the top (`spec.nodeName`); what it ends at is read whole, and in an
/// array it applies to each element. Immutable and thread-safe.
public final class Projection {
    private final Texts texts;
    private final Names names;
    /// By the index of the name; empty reads all.
    private final List<Projection> below;

    private Projection(Collection<List<String>> paths, Texts texts) {
        this.texts = texts;
        Map<String, List<List<String>>> byName = new TreeMap<>();
        boolean whole = paths.stream().anyMatch(List::isEmpty);
        for (List<String> path : whole ? List.<List<String>>of() : paths) {
            byName.computeIfAbsent(path.getFirst(), name -> new ArrayList<>()).add(path.subList(1, path.size()));
        }
        this.names = new Names(byName.keySet());
        this.below = byName.values().stream()
                .map(rest -> new Projection(rest, texts))
                .toList();
    }

    /// @param paths names of fields joined by dots
    public static Projection of(Collection<String> paths) {
        return new Projection(
                paths.stream().map(path -> List.of(path.split("\\."))).toList(), new Texts());
    }

    /// The fields of one object.
    ///
    /// @param json UTF-8 as an encoder wrote it
    /// @throws IllegalArgumentException when it is no JSON; not every mistake is found
    public ObjectNode read(byte[] json) {
        try {
            return object(new JsonCursor(json, texts));
        } catch (IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("a stored object ends too soon", e);
        }
    }

    private ObjectNode object(JsonCursor in) {
        ObjectNode found = JsonNodeFactory.instance.objectNode();
        int name = in.field(true, names);
        while (name != Names.END) {
            if (name == Names.OTHER) {
                in.skip();
            } else {
                found.set(names.text(name), below.get(name).value(in));
            }
            name = in.field(false, names);
        }
        return found;
    }

    private JsonNode value(JsonCursor in) {
        if (names.size() == 0) {
            return in.read();
        }
        return switch (in.peek()) {
            case '{' -> object(in);
            case '[' -> {
                ArrayNode array = JsonNodeFactory.instance.arrayNode();
                for (boolean first = true; in.element(first); first = false) {
                    array.add(value(in));
                }
                yield array;
            }
            default -> in.read();
        };
    }
}
