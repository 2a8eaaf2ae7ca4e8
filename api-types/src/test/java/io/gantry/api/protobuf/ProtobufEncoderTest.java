package io.gantry.api.protobuf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Message;
import io.gantry.api.Json;
import io.gantry.api.kind.KindCatalog;
import io.kubernetes.client.proto.Meta;
import io.kubernetes.client.proto.Runtime;
import io.kubernetes.client.proto.V1;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class ProtobufEncoderTest {
    private static final ProtobufDecoder DECODER = new ProtobufDecoder(KindCatalog.all());
    private static final ProtobufEncoder ENCODER = DECODER.encoder();

    static Stream<ProtobufDecoderTest.Case> cases() {
        return ProtobufDecoderTest.cases().filter(given -> !given.kind().equals("DeleteOptions"));
    }

    private static byte[] encoded(String json) {
        return ENCODER.encode(json.getBytes(StandardCharsets.UTF_8));
    }

    private static Runtime.Unknown unknown(byte[] body) throws Exception {
        assertEquals("k8s\0", new String(body, 0, 4, StandardCharsets.US_ASCII));
        return Runtime.Unknown.parseFrom(Arrays.copyOfRange(body, 4, body.length));
    }

    /// Upstream's own classes read what was written, and what they read is the same object again.
    @ParameterizedTest
    @MethodSource("cases")
    void upstreamsClassesReadIt(ProtobufDecoderTest.Case given) throws Exception {
        ObjectNode json = (ObjectNode) Json.MAPPER.readTree(given.json());
        json.put("apiVersion", given.apiVersion()).put("kind", given.kind());
        Runtime.Unknown unknown = unknown(encoded(json.toString()));
        assertEquals(given.kind(), unknown.getTypeMeta().getKind());
        Message read = given.message().getParserForType().parseFrom(unknown.getRaw());
        assertTrue(read.getUnknownFields().asMap().isEmpty());
        JsonNode again =
                DECODER.decode(ProtobufDecoderTest.envelope(given.apiVersion(), given.kind(), read.toByteArray()));
        assertEquals(json, Json.MAPPER.readTree(again.toString()));
    }

    @Test
    void aListHoldsItsItemsAndItsRevision() throws Exception {
        Runtime.Unknown unknown = unknown(encoded("""
                {"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"7","remainingItemCount":3},
                 "items":[{"metadata":{"name":"a"}},{"metadata":{"name":"b"},"spec":{"containers":[{"name":"c"}]}}]}
                """));
        V1.PodList list = V1.PodList.parseFrom(unknown.getRaw());
        assertEquals("7", list.getMetadata().getResourceVersion());
        assertEquals(3, list.getMetadata().getRemainingItemCount());
        assertEquals("b", list.getItems(1).getMetadata().getName());
        assertEquals("c", list.getItems(1).getSpec().getContainers(0).getName());
    }

    @Test
    void aStatusIsReadable() throws Exception {
        Runtime.Unknown unknown = unknown(encoded("""
                {"apiVersion":"v1","kind":"Status","metadata":{},"status":"Failure","code":404,"reason":"NotFound",
                 "details":{"name":"x","causes":[{"reason":"r","message":"m","field":"f"}]}}
                """));
        Meta.Status status = Meta.Status.parseFrom(unknown.getRaw());
        assertEquals(404, status.getCode());
        assertEquals("f", status.getDetails().getCauses(0).getField());
    }

    @Test
    void kindMayComeLast() throws Exception {
        Runtime.Unknown unknown =
                unknown(encoded("{\"metadata\":{\"name\":\"n\"},\"apiVersion\":\"v1\",\"kind\":\"Namespace\"}"));
        assertEquals("n", V1.Namespace.parseFrom(unknown.getRaw()).getMetadata().getName());
    }

    @Test
    void partialObjectsKeepTheirMetadata() throws Exception {
        Runtime.Unknown unknown = unknown(encoded("""
                {"kind":"PartialObjectMetadataList","apiVersion":"meta.k8s.io/v1","metadata":{"resourceVersion":"9"},
                 "items":[{"kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/v1",
                           "metadata":{"name":"a","labels":{"k":"v"}}}]}
                """));
        assertEquals("9", V1.PodList.parseFrom(unknown.getRaw()).getMetadata().getResourceVersion());
        assertEquals(
                "a",
                V1.PodList.parseFrom(unknown.getRaw()).getItems(0).getMetadata().getName());
    }

    @Test
    void anEventIsFramedByItsLength() throws Exception {
        byte[] object = encoded("{\"kind\":\"Namespace\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"n\"}}");
        byte[] frame = ProtobufEncoder.event("ADDED", object);
        assertEquals(frame.length - 4, ByteBuffer.wrap(frame).getInt());
        Meta.WatchEvent event = Meta.WatchEvent.parseFrom(Arrays.copyOfRange(frame, 4, frame.length));
        assertEquals("ADDED", event.getType());
        assertEquals(
                "Namespace",
                unknown(event.getObject().getRaw().toByteArray()).getTypeMeta().getKind());
    }

    @Test
    void longTextMakesLongLengths() throws Exception {
        String text = "x".repeat(3_000_000);
        Runtime.Unknown unknown = unknown(encoded("{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"data\":{\"a\":\""
                + text + "\",\"b\":\"" + "y".repeat(200) + "\"}}"));
        V1.ConfigMap map = V1.ConfigMap.parseFrom(unknown.getRaw());
        assertEquals(text, map.getDataOrThrow("a"));
        assertEquals(200, map.getDataOrThrow("b").length());
    }

    @Test
    void customKindsHaveNoMessage() {
        assertFalse(ENCODER.knows("stable.example.com/v1", "CronTab"));
        assertThrows(
                IllegalArgumentException.class,
                () -> encoded("{\"kind\":\"CronTab\",\"apiVersion\":\"stable.example.com/v1\"}"));
    }
}
