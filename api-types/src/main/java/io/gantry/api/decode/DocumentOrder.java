package io.gantry.api.decode;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Strict errors in the order in which a JSON document gives cause for them: an unknown field where it first stands, a
/// duplicate one where it stands again. The document is read once more, which only who errs twice pays for.
final class DocumentOrder {
    private final Set<String> wanted;
    private final Set<String> ordered = new LinkedHashSet<>();
    private final Set<String> seen = new HashSet<>();

    private DocumentOrder(List<String> errors) {
        this.wanted = new LinkedHashSet<>(errors);
    }

    static List<String> of(byte[] json, List<String> errors) {
        DocumentOrder order = new DocumentOrder(errors);
        try (JsonParser parser = JsonTrees.parser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.PROPERTY_NAME) {
                    order.field(JsonTrees.path(parser.streamReadContext()));
                }
            }
        }
        order.ordered.addAll(order.wanted);
        return List.copyOf(order.ordered);
    }

    private void field(String path) {
        String cause = (seen.add(path) ? "unknown" : "duplicate") + " field \"" + path + "\"";
        if (wanted.contains(cause)) {
            ordered.add(cause);
        }
    }
}
