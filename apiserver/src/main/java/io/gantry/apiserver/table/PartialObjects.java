package io.gantry.apiserver.table;

import io.gantry.api.Json;
import io.gantry.apiserver.http.Pieces;
import io.gantry.apiserver.projection.JsonPart;
import io.gantry.apiserver.projection.ManagedFieldsSpan;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/// Writes `PartialObjectMetadata` and its list: objects without all but their metadata. From bytes, metadata is copied
/// as it stands there.
public final class PartialObjects {
    private static final String GROUP = "meta.k8s.io/";
    private static final byte[] END = {']', '}'};
    private static final byte[] LAST = {'}', ']', '}'};

    private PartialObjects() {}

    /// One object, as an answer or inside a watch event.
    ///
    /// @param version `v1` or `v1beta1`
    public static byte[] one(byte[] object, String version) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        write(out, start(version), object);
        return out.toByteArray();
    }

    /// A list, of which the objects' arrays are part: nobody changes them.
    ///
    /// @param objects each as JSON bytes
    /// @param version `v1` or `v1beta1`
    /// @param managedFields whether they are shown
    public static ByteBuf list(List<byte[]> objects, ListHead head, String version, boolean managedFields) {
        Pieces pieces = new Pieces(objects.size() * (managedFields ? 2 : 3) + 2);
        byte[] empty = head(head, version);
        pieces.add(empty, 0, empty.length - END.length);
        byte[] start = start(version);
        byte[] next = ("}," + new String(start, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
        boolean first = true;
        for (byte[] object : objects) {
            pieces.add(first ? start : next);
            first = false;
            metadata(pieces, object, managedFields ? ManagedFieldsSpan.NONE : ManagedFieldsSpan.of(object));
        }
        pieces.add(first ? END : LAST);
        return pieces.buffer();
    }

    private static void metadata(Pieces pieces, byte[] object, ManagedFieldsSpan cut) {
        JsonPart metadata = JsonPart.metadata(object);
        if (cut.isEmpty()) {
            pieces.add(metadata.json(), metadata.start(), metadata.end());
        } else {
            pieces.add(object, metadata.start(), cut.start());
            pieces.add(object, cut.end(), metadata.end());
        }
    }

    private static byte[] head(ListHead head, String version) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = Json.MAPPER.createGenerator(bytes)) {
            out.writeStartObject();
            out.writeStringProperty("kind", "PartialObjectMetadataList");
            out.writeStringProperty("apiVersion", GROUP + version);
            head.write(out);
            out.writeArrayPropertyStart("items");
            out.writeEndArray();
            out.writeEndObject();
        }
        return bytes.toByteArray();
    }

    /// What stands before the metadata of an object.
    static byte[] start(String version) {
        return ("{\"kind\":\"PartialObjectMetadata\",\"apiVersion\":\"" + GROUP + version + "\",\"metadata\":")
                .getBytes(StandardCharsets.UTF_8);
    }

    /// Writes one object.
    static void write(ByteArrayOutputStream out, byte[] start, byte[] object) {
        out.writeBytes(start);
        JsonPart.metadata(object).writeTo(out);
        out.write('}');
    }
}
