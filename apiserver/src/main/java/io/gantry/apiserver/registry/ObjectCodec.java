package io.gantry.apiserver.registry;

import io.gantry.api.decode.Bodies;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// How one resource's objects are written: stored JSON begins with kind, apiVersion and metadata and holds no revision,
/// so the revision is spliced in at a known place and nothing is parsed to serve it.
final class ObjectCodec {
    private static final int SPARE = 256;
    private static final int MAX_EXPECTED = 64 * 1024;
    private static final String REVISION = "\"resourceVersion\":\"";

    private final String apiVersion;
    private final String kind;
    private final byte[] head;
    /// How long the next object may be: as the last one. Read and written without care, a guess needs none.
    private int expected = 1024;

    ObjectCodec(String apiVersion, String kind) {
        this.apiVersion = apiVersion;
        this.kind = kind;
        this.head = ("{\"kind\":\"" + kind + "\",\"apiVersion\":\"" + apiVersion + "\",\"metadata\":{")
                .getBytes(StandardCharsets.UTF_8);
    }

    /// The stored form. Does not change the tree.
    byte[] encode(ObjectNode object) {
        TreeText text = new TreeText(expected);
        text.raw(head);
        boolean first = true;
        for (Map.Entry<String, JsonNode> field : object.path("metadata").properties()) {
            if (!field.getKey().equals("resourceVersion") && !field.getKey().equals("selfLink")) {
                text.field(first, field.getKey(), field.getValue());
                first = false;
            }
        }
        text.raw('}');
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            switch (field.getKey()) {
                case "kind", "apiVersion", "metadata" -> {}
                default -> text.field(false, field.getKey(), field.getValue());
            }
        }
        text.raw('}');
        byte[] bytes = text.finished();
        expected = Math.clamp(bytes.length + SPARE, SPARE, MAX_EXPECTED);
        return bytes;
    }

    /// The served form of stored bytes.
    byte[] withRevision(byte[] stored, long revision) {
        if (!startsWithHead(stored)) {
            return withRevision(encode(Bodies.stored(stored)), revision);
        }
        boolean lone = stored[head.length] == '}';
        byte[] splice = (REVISION + revision + (lone ? "\"" : "\",")).getBytes(StandardCharsets.US_ASCII);
        byte[] served = Arrays.copyOf(head, stored.length + splice.length);
        System.arraycopy(splice, 0, served, head.length, splice.length);
        System.arraycopy(stored, head.length, served, head.length + splice.length, stored.length - head.length);
        return served;
    }

    /// The served form at another revision, from the served form.
    byte[] atRevision(byte[] served, long revision) {
        int digits = head.length + REVISION.length();
        int end = digits;
        while (served[end] != '"') {
            end++;
        }
        byte[] number = Long.toString(revision).getBytes(StandardCharsets.US_ASCII);
        byte[] moved = Arrays.copyOf(served, served.length - (end - digits) + number.length);
        System.arraycopy(number, 0, moved, digits, number.length);
        System.arraycopy(served, end, moved, digits + number.length, served.length - end);
        return moved;
    }

    boolean isFor(String wanted) {
        return apiVersion.equals(wanted);
    }

    boolean startsWithHead(byte[] stored) {
        return stored.length > head.length && Arrays.equals(stored, 0, head.length, head, 0, head.length);
    }

    /// A stored tree with kind, apiVersion and the revision.
    ObjectNode completed(ObjectNode object, long revision) {
        object.put("kind", kind);
        object.put("apiVersion", apiVersion);
        object.withObject("metadata").put("resourceVersion", Long.toString(revision));
        return object;
    }
}
