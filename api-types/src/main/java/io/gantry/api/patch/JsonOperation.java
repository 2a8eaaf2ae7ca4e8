package io.gantry.api.patch;

import io.gantry.api.StatusException;
import io.gantry.api.decode.Bodies;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/// One operation of a JSON patch. It does what upstream's library (`evanphx/json-patch` 4.13) does, which
/// is not quite RFC 6902: a field need not be there to be replaced or copied, a value that is not given is
/// null, and of the whole document only `replace` and `test` can be asked.
///
/// @param op as it is given
/// @param value null when none is given
record JsonOperation(String op, Optional<JsonPointerPath> path, JsonNode value, Optional<JsonPointerPath> from) {
    private static final String MISSING_PATH = "operation missing path field: ";

    /// @throws StatusException 400 when it is no object, or has a member that is no text
    static JsonOperation of(JsonNode json) {
        if (!json.isObject() && !json.isNull()) {
            throw PatchException.malformed(JsonPatch.UNDECODED + "json: cannot unmarshal " + Bodies.type(json)
                    + " into Go value of type handlers.jsonPatchOp");
        }
        for (String member : List.of("op", "path", "from")) {
            JsonNode text = json.path(member);
            if (!text.isMissingNode() && !text.isNull() && !text.isString()) {
                throw PatchException.malformed(JsonPatch.UNDECODED + "json: cannot unmarshal " + Bodies.type(text)
                        + " into Go struct field jsonPatchOp." + member + " of type string");
            }
        }
        JsonNode value = json.path("value");
        return new JsonOperation(
                json.path("op").asString("unknown"),
                pointer(json.path("path")),
                value.isMissingNode() ? NullNode.getInstance() : value,
                pointer(json.path("from")));
    }

    private static Optional<JsonPointerPath> pointer(JsonNode text) {
        return text.isString() ? Optional.of(JsonPointerPath.parse(text.stringValue())) : Optional.empty();
    }

    boolean copies() {
        return op.equals("copy");
    }

    /// @param document may be changed
    /// @return the result
    /// @throws StatusException 422 when the operation does not apply
    JsonNode apply(JsonNode document) {
        switch (op) {
            case "add" -> target(document, "path: \"" + decoded("") + "\"").add(value.deepCopy(), this::inPath);
            case "remove" -> target(document, "path: \"" + decoded("") + "\"").remove(this::inPath);
            case "replace" -> {
                if (decoded(MISSING_PATH).root()) {
                    return replaced();
                }
                target(document, "path: " + decoded("")).set(value.deepCopy(), why -> missing("key: " + decoded("")));
            }
            case "move" -> move(document);
            case "copy" -> {
                JsonNode copied = copied(document).deepCopy();
                target(document, "destination path: " + decoded(""))
                        .add(copied, why -> "error while adding value during copy: " + why);
            }
            case "test" -> test(document);
            default -> throw PatchException.doesNotApply("Unexpected kind: " + op);
        }
        return document;
    }

    /// What `copy` copies.
    JsonNode copied(JsonNode document) {
        return source(document).get(why -> "error in copy for from: '" + source() + "': " + why);
    }

    private JsonNode replaced() {
        if (!value.isContainer()) {
            throw PatchException.doesNotApply("replace operation value must be object or array: %!w(<nil>)");
        }
        return value.deepCopy();
    }

    private void move(JsonNode document) {
        JsonPlace source = source(document);
        JsonNode moved = source.get(why -> "error in move for path: '" + source.key() + "': " + why);
        source.remove(why -> "error in move for path: '" + source.key() + "': " + why);
        target(document, "destination path: " + decoded(MISSING_PATH)).add(moved, this::inPath);
    }

    private void test(JsonNode document) {
        JsonPointerPath tested = decoded(MISSING_PATH);
        JsonNode found = tested.root()
                ? document
                : tested.place(document)
                        .orElseThrow(() -> PatchException.doesNotApply(
                                "test operation does not apply: is missing path: " + tested + ": missing value"))
                        .get(this::inPath);
        if (!found.equals(value) && !sameNumber(found, value)) {
            throw PatchException.doesNotApply("testing value " + tested + " failed: test failed");
        }
    }

    private static boolean sameNumber(JsonNode one, JsonNode other) {
        return one.isNumber() && other.isNumber() && one.decimalValue().compareTo(other.decimalValue()) == 0;
    }

    private JsonPointerPath decoded(String more) {
        return path.orElseThrow(
                () -> PatchException.doesNotApply(op + " operation failed to decode path: " + more + "missing value"));
    }

    private JsonPlace target(JsonNode document, String missed) {
        return decoded("").place(document).orElseThrow(() -> PatchException.doesNotApply(missing(missed)));
    }

    private JsonPointerPath source() {
        return from.orElseThrow(() -> PatchException.doesNotApply(
                op + " operation failed to decode from: operation, missing from field: missing value"));
    }

    private JsonPlace source(JsonNode document) {
        return source().place(document)
                .orElseThrow(() -> PatchException.doesNotApply(missing("from path: " + source())));
    }

    private String missing(String what) {
        return op + " operation does not apply: doc is missing " + what + ": missing value";
    }

    private String inPath(String why) {
        return "error in " + op + " for path: '" + decoded("") + "': " + why;
    }
}
