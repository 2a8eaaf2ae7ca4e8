package io.gantry.apiserver.table;

import io.gantry.api.Json;
import io.gantry.apiserver.projection.JsonPart;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JsonGenerator;

/// Writes `PartialObjectMetadata` and its list: objects without all but their metadata. From bytes, metadata is copied
/// as it stands there.
public final class PartialObjects {
    private static final String GROUP = "meta.k8s.io/";
    private static final byte[] END = {']', '}'};

    private PartialObjects() {}

    /// One object, as an answer or inside a watch event.
    ///
    /// @param version `v1` or `v1beta1`
    public static byte[] one(byte[] object, String version) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        write(out, start(version), object);
        return out.toByteArray();
    }

    /// A list.
    ///
    /// @param objects each as JSON bytes
    /// @param version `v1` or `v1beta1`
    public static byte[] list(Iterable<byte[]> objects, ListHead head, String version) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] empty = head(head, version);
        out.write(empty, 0, empty.length - END.length);
        byte[] start = start(version);
        boolean first = true;
        for (byte[] object : objects) {
            if (!first) {
                out.write(',');
            }
            first = false;
            write(out, start, object);
        }
        out.writeBytes(END);
        return out.toByteArray();
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
