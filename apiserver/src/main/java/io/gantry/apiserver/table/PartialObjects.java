package io.gantry.apiserver.table;

import io.gantry.api.Json;
import java.io.ByteArrayOutputStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/// Writes `PartialObjectMetadata` and its list: objects without all but their metadata. From bytes, metadata is copied
/// token by token; no tree is made.
public final class PartialObjects {
    private static final String GROUP = "meta.k8s.io/";

    private PartialObjects() {}

    /// One object, as an answer or inside a watch event.
    ///
    /// @param version `v1` or `v1beta1`
    public static byte[] one(byte[] object, String version) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = Json.MAPPER.createGenerator(bytes)) {
            copy(out, object, version);
        }
        return bytes.toByteArray();
    }

    /// A list.
    ///
    /// @param objects each as JSON bytes
    /// @param version `v1` or `v1beta1`
    public static byte[] list(Iterable<byte[]> objects, ListHead head, String version) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = Json.MAPPER.createGenerator(bytes)) {
            out.writeStartObject();
            out.writeStringProperty("kind", "PartialObjectMetadataList");
            out.writeStringProperty("apiVersion", GROUP + version);
            head.write(out);
            out.writeArrayPropertyStart("items");
            for (byte[] object : objects) {
                copy(out, object, version);
            }
            out.writeEndArray();
            out.writeEndObject();
        }
        return bytes.toByteArray();
    }

    static void write(JsonGenerator out, JsonNode metadata, String version) {
        start(out, version);
        if (metadata.isObject()) {
            out.writeTree(metadata);
        } else {
            out.writeStartObject();
            out.writeEndObject();
        }
        out.writeEndObject();
    }

    private static void copy(JsonGenerator out, byte[] object, String version) {
        start(out, version);
        try (JsonParser in = Json.MAPPER.createParser(object)) {
            if (findMetadata(in)) {
                out.copyCurrentStructure(in);
            } else {
                out.writeStartObject();
                out.writeEndObject();
            }
        }
        out.writeEndObject();
    }

    private static void start(JsonGenerator out, String version) {
        out.writeStartObject();
        out.writeStringProperty("kind", "PartialObjectMetadata");
        out.writeStringProperty("apiVersion", GROUP + version);
        out.writeName("metadata");
    }

    private static boolean findMetadata(JsonParser in) {
        in.nextToken();
        while (in.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean metadata = in.currentName().equals("metadata");
            boolean object = in.nextToken() == JsonToken.START_OBJECT;
            if (metadata && object) {
                return true;
            }
            in.skipChildren();
        }
        return false;
    }
}
