package io.gantry.api;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Documents.Form;
import io.gantry.api.coordination.v1.lease.LeaseSpec;
import io.gantry.api.coordination.v1.lease.LeaseSpecBuilder;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.meta.v1.ObjectMeta;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The generated codecs against Jackson's own reflection, for every record of the API.
class CodecsTest {
    private static final JsonMapper PLAIN = Json.plain().build();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    @Test
    void everyRecordHasOne() {
        assertTrue(
                Documents.types().size() > 500, "codecs: " + Documents.types().size());
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void readAndWriteAsDatabindDoes(Form form) {
        Random random = new Random(form.ordinal());
        for (Class<?> type : Documents.types()) {
            compare(type, Documents.of(type, form, random));
        }
    }

    private static void compare(Class<?> type, ObjectNode document) {
        byte[] json = Json.MAPPER.writeValueAsBytes(document);
        Object wanted = PLAIN.readValue(json, type);
        Object read = Json.MAPPER.readValue(json, type);
        byte[] wantedText = PLAIN.writeValueAsBytes(wanted);
        assertAll(
                type.getName(),
                () -> assertEquals(wanted, read),
                () -> assertEquals(new String(wantedText), new String(PLAIN.writeValueAsBytes(read))),
                () -> assertEquals(new String(wantedText), new String(Json.MAPPER.writeValueAsBytes(read))),
                () -> assertEquals(wanted, Json.MAPPER.treeToValue(document, type)),
                () -> assertEquals((JsonNode) PLAIN.valueToTree(wanted), Json.MAPPER.valueToTree(read)));
    }

    /// As Go's, whatever the clock says: fewer digits or more are refused (upstream `MicroTime`).
    @ParameterizedTest
    @CsvSource({
        "2026-11-21T10:00:00Z, 2026-11-21T10:00:00.000000Z",
        "2026-11-21T10:00:00.123Z, 2026-11-21T10:00:00.123000Z",
        "2026-11-21T10:00:00.123456789Z, 2026-11-21T10:00:00.123456Z",
    })
    void timesInMicrosecondsHaveSixDigits(Instant given, String written) {
        LeaseSpec lease = LeaseSpecBuilder.builder().renewTime(given).build();
        assertEquals("{\"renewTime\":\"" + written + "\"}", Json.MAPPER.writeValueAsString(lease));
        assertEquals(written, Json.MAPPER.valueToTree(lease).path("renewTime").stringValue());
    }

    /// Each field of each record with each kind of value: the same value or the same words.
    @Test
    void refuseAndCoerceAsDatabindDoes() {
        List<JsonNode> values = List.of(
                NODES.stringNode("x"),
                NODES.stringNode(""),
                NODES.stringNode("12"),
                NODES.numberNode(7),
                NODES.numberNode(1L << 40),
                NODES.numberNode(new BigInteger("123456789012345678901")),
                NODES.numberNode(2.5),
                NODES.booleanNode(true),
                NODES.arrayNode().add(NODES.objectNode()).add(1).add("y"),
                NODES.objectNode().put("k", 1).set("l", NODES.arrayNode()),
                NODES.nullNode());
        List<Class<?>> some = Documents.types().stream()
                .filter(
                        t -> t.getName().hashCode() % 8 == 0
                                || t.getSimpleName()
                                        .matches(
                                                "Pod|ObjectMeta|PodSpec|Probe"
                                                        + "|JSONSchemaProps|DeviceAttribute|LimitRangeItem|HTTPGetAction|Subject.*|NetworkPolicyPort"))
                .toList();
        List<String> differences = new ArrayList<>();
        for (Class<?> type : some) {
            for (String field : Documents.fields(type).keySet()) {
                for (JsonNode value : values) {
                    String json =
                            Json.MAPPER.writeValueAsString(NODES.objectNode().set(field, value));
                    same(json, type, differences);
                }
            }
        }
        assertEquals(List.of(), differences.stream().limit(20).toList(), differences.size() + " differences");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "1",
                "2.5",
                "true",
                "\"text\"",
                "\"\"",
                "[]",
                "[{}]",
                "{}",
                "",
                "{\"spec\":",
                "{\"spec\":{\"containers\":[{\"name\":1,}]}}",
                "{\"metadata\":{\"creationTimestamp\":\"yesterday\"}}",
                "{\"metadata\":{\"creationTimestamp\":\"2026-02-30T00:00:00Z\"}}",
                "{\"metadata\":{\"creationTimestamp\":\"2026-02-20T24:00:00Z\"}}",
                "{\"metadata\":{\"creationTimestamp\":\"2026-02-20T23:59:60Z\"}}",
                "{\"metadata\":{\"creationTimestamp\":\"2026-02-20T23:59Z\"}}",
                "{\"metadata\":{\"creationTimestamp\":\"2026-02-20T23:59:59.Z\"}}",
                "{\"metadata\":{\"creationTimestamp\":\"2026-02-20T23:59:59.1234567890Z\"}}",
                "{\"metadata\":{\"creationTimestamp\":\"2026-02-20T23:59:59+0000\"}}",
                "{\"metadata\":{\"creationTimestamp\":\"2026-02-20T23:59:59+18:30\"}}",
                "{\"metadata\":{\"creationTimestamp\":\"-2026-02-20T23:59:59Z\"}}",
                "{\"metadata\":{\"creationTimestamp\":\"2026-02-20t23:59:59z\"}}",
                "{\"metadata\":{\"creationTimestamp\":\" 2026-02-20T23:59:59Z \"}}",
                "{\"metadata\":{\"creationTimestamp\":1700000000000}}",
                "{\"metadata\":{\"labels\":{\"a\":\"1\",\"b\":\"2\",\"a\":\"3\"}},\"spec\":{\"nodeName\":\"x\",\"nodeName\":\"y\"}}",
                "{\"metadata\":{\"labels\":{\"a\":1,\"b\":true,\"c\":null}}}",
                "{\"spec\":{\"containers\":[{},{\"resources\":{\"limits\":{\"cpu\":\"lots\"}}}]}}",
                "{\"spec\":{\"containers\":[{},{\"resources\":{\"limits\":{\"cpu\":{}}}}]}}",
                "{\"spec\":{\"containers\":{\"a\":1}}}"
            })
    void oddPodsAsDatabindDoes(String json) {
        List<String> differences = new ArrayList<>();
        same(json, Pod.class, differences);
        assertEquals(List.of(), differences);
    }

    private static void same(String json, Class<?> type, List<String> differences) {
        String wanted = outcome(PLAIN, json, type);
        String read = outcome(Json.MAPPER, json, type);
        if (!wanted.equals(read)) {
            differences.add(type.getSimpleName() + " " + json + "\n wanted " + wanted + "\n got    " + read + "\n");
        }
    }

    private static String outcome(JsonMapper mapper, String json, Class<?> type) {
        try {
            return String.valueOf(mapper.readValue(json, type));
        } catch (JacksonException e) {
            return e.getClass().getSimpleName() + ": " + e.getOriginalMessage() + " at " + e.getPathReference();
        }
    }

    /// Any document at all, truncated anywhere, ends in the same way.
    @Test
    void brokenDocumentsAreRefused() {
        String json = Json.MAPPER.writeValueAsString(Documents.of(Pod.class, Form.SPARSE, new Random(3)));
        Stream.iterate(0, i -> i < json.length(), i -> i + 37)
                .forEach(i -> assertTrue(
                        outcome(Json.MAPPER, json.substring(0, i), Pod.class).contains("Exception: ")));
    }

    @Test
    void timesAreThoseOfTheFormatter() {
        Random random = new Random(11);
        for (int i = 0; i < 5000; i++) {
            Instant time = Instant.ofEpochSecond(
                    random.nextLong(-63_000_000_000L, 260_000_000_000L),
                    random.nextInt(4) == 0 ? 0 : random.nextInt(1000) * (long) Math.pow(1000, random.nextInt(3)));
            ObjectMeta meta = Json.MAPPER.readValue("{\"creationTimestamp\":\"" + time + "\"}", ObjectMeta.class);
            assertEquals(time, meta.creationTimestamp());
            assertEquals("{\"creationTimestamp\":\"" + time + "\"}", Json.MAPPER.writeValueAsString(meta));
        }
    }
}
