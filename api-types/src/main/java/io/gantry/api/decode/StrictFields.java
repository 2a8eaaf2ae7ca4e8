package io.gantry.api.decode;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// What strict decoding of a JSON document into a type objects to, in the order in which upstream's decoder meets it: a
/// field that the type does not have, however often it stands there and whatever is in it, and a field of the type that
/// stands there again. The document is read once more, which only who errs pays for. One per call.
public final class StrictFields {
    private static final int MAX_ERRORS = 100;

    private final JsonParser parser;
    private final Set<String> errors = new LinkedHashSet<>();

    private StrictFields(JsonParser parser) {
        this.parser = parser;
    }

    /// @param json a document that could be read
    public static List<String> of(byte[] json, Target target) {
        try (JsonParser parser = JsonTrees.parser(json)) {
            StrictFields fields = new StrictFields(parser);
            fields.value(parser.nextToken(), target);
            return List.copyOf(fields.errors);
        }
    }

    private void value(JsonToken token, Target target) {
        if (token == JsonToken.START_OBJECT && target.opaque()) {
            parser.skipChildren();
        } else if (token == JsonToken.START_OBJECT) {
            object(target);
        } else if (token == JsonToken.START_ARRAY) {
            Target element = target.element();
            for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
                value(next, element);
            }
        }
    }

    private void object(Target target) {
        Set<String> seen = new HashSet<>();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            Optional<Target> member = target.member(name);
            if (member.isEmpty()) {
                found("unknown field");
            } else if (!seen.add(name)) {
                found("duplicate field");
            }
            JsonToken first = parser.nextToken();
            if (member.isPresent()) {
                value(first, member.get());
            } else {
                parser.skipChildren();
            }
        }
    }

    private void found(String what) {
        if (errors.size() < MAX_ERRORS) {
            errors.add(what + " \"" + JsonTrees.path(parser.streamReadContext()) + "\"");
        }
    }
}
