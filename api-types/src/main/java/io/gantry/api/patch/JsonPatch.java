package io.gantry.api.patch;

import io.gantry.api.StatusException;
import io.gantry.api.decode.Bodies;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// JSON patch, RFC 6902, as upstream's library reads it ([JsonOperation]).
public final class JsonPatch {
    /// Upstream's limit.
    public static final int MAX_OPERATIONS = 10_000;
    /// Characters that all copies of a patch may add, as many as a body may have: each can double the document.
    private static final int MAX_COPIED = 3 * 1024 * 1024;

    static final String UNDECODED = "error decoding patch: ";

    private final List<JsonOperation> operations;

    private JsonPatch(List<JsonOperation> operations) {
        this.operations = operations;
    }

    /// Reads a patch.
    ///
    /// @throws StatusException 400 when the bytes are no JSON patch, 413 when it has too many operations
    public static JsonPatch parse(byte[] bytes) {
        return of(Bodies.jsonValue(bytes, UNDECODED));
    }

    /// As [#parse], from a tree.
    public static JsonPatch of(JsonNode patch) {
        if (patch.isNull()) {
            return new JsonPatch(List.of());
        }
        if (!(patch instanceof ArrayNode array)) {
            throw PatchException.malformed(UNDECODED + "json: cannot unmarshal " + Bodies.type(patch)
                    + " into Go value of type []handlers.jsonPatchOp");
        }
        if (array.size() > MAX_OPERATIONS) {
            throw StatusException.tooLarge(
                    "Request entity too large: The allowed maximum operations in a JSON patch is " + MAX_OPERATIONS
                            + ", got " + array.size());
        }
        List<JsonOperation> operations = new ArrayList<>(array.size());
        for (JsonNode operation : array) {
            operations.add(JsonOperation.of(operation));
        }
        return new JsonPatch(operations);
    }

    /// Applies every operation in order to `object`, in place; after an error `object` is of no use.
    ///
    /// @return the result, which replaces the object where an operation addresses the root
    /// @throws StatusException 422 when an operation does not apply or a test fails
    public JsonNode apply(ObjectNode object) {
        JsonNode document = object;
        long copied = 0;
        for (JsonOperation operation : operations) {
            if (operation.copies()) {
                copied += size(operation.copied(document));
                if (copied > MAX_COPIED) {
                    throw PatchException.doesNotApply("unable to complete the copy, the accumulated size increase of"
                            + " copy is " + copied + ", exceeding the limit " + MAX_COPIED);
                }
            }
            document = operation.apply(document);
        }
        if (isDeep(document)) {
            throw PatchException.doesNotApply("the result exceeds max depth of " + Bodies.MAX_DEPTH);
        }
        return document;
    }

    /// What an operation that does not apply said, from [#apply]'s error.
    public static String whyNot(StatusException failed) {
        return PatchException.why(failed);
    }

    /// About as many characters as it is written with; without recursion, as [#isDeep].
    private static long size(JsonNode value) {
        long size = 0;
        Deque<JsonNode> left = new ArrayDeque<>(List.of(value));
        while (!left.isEmpty() && size <= MAX_COPIED) {
            JsonNode node = left.pop();
            size += node.isString() ? node.stringValue().length() + 2 : 2;
            if (node.isObject()) {
                for (String name : node.propertyNames()) {
                    size += name.length() + 3;
                }
            }
            node.forEach(left::push);
        }
        return size;
    }

    /// Operations can nest what each of them holds. Level by level, as the result may be deeper than a stack.
    private static boolean isDeep(JsonNode document) {
        List<JsonNode> level = List.of(document);
        for (int depth = 0; !level.isEmpty(); depth++) {
            if (depth > Bodies.MAX_DEPTH) {
                return true;
            }
            List<JsonNode> next = new ArrayList<>();
            level.forEach(node -> node.forEach(child -> {
                if (child.isContainer()) {
                    next.add(child);
                }
            }));
            level = next;
        }
        return false;
    }
}
