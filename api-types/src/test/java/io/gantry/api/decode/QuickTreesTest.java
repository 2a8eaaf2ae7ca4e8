package io.gantry.api.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.gantry.api.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// What is read quickly is what the library reads.
final class QuickTreesTest {
    private static final List<String> ORDINARY = List.of(
            "{}",
            " [ ] ",
            "{\"a\":1,\"b\":-5,\"c\":true,\"d\":false,\"e\":null,\"f\":\"x\"}",
            "{\"a\" : [ 1 , {\"b\":[]} ]\n}\t",
            "{\"big\":4294967296,\"zero\":0,\"long\":123456789012345678}",
            "{\"text\":\"a\\\"b\\\\c\\/\\n\\t\\r\\b\\f\",\"beyond\":\"äß€𝄞\",\"n\\\"ame\":\"\"}",
            "{\"metadata\":{\"managedFields\":[{\"fieldsV1\":{\"f:a\":{\".\":{},\"k:{\\\"ip\\\":\\\"10.0.0.1\\\"}\":{}}}}]}}",
            "{\"fieldsV1\":{}}",
            "{\"fieldsV1\":{\"a\": {}}}",
            "{\"fieldsV1\":{\"a\":[1]}}",
            "{\"fieldsV1\":\"text\"}",
            "\"text\"");

    private static final List<String> OTHERS = List.of(
            "",
            " ",
            "{",
            "{\"a\"}",
            "{\"a\":1,}",
            "{\"a\":1 \"b\":2}",
            "[1,]",
            "[1 2]",
            "{\"a\":1}x",
            "{\"a\":1,\"a\":2}",
            "{\"a\":01}",
            "{\"a\":-}",
            "{\"a\":1.5}",
            "{\"a\":1e3}",
            "{\"a\":1234567890123456789}",
            "{\"a\":nul}",
            "{\"a\":\"\\u0041\"}",
            "{\"a\":\"\\x\"}",
            "{\"a\":\"line\nbreak\"}",
            "{\"fieldsV1\":{\"a\":{tru}}}",
            "{\"fieldsV1\":{\"a\":{}",
            "{\"fieldsV1\":{\"a\":{},}}",
            "{\"fieldsV1\":{\"a\":{}}",
            "{'a':1}",
            "{\"a\":\"\ufffd\"}",
            "[".repeat(100) + "]".repeat(100));

    private static final String CHANGES = "{}[]\":,\\ 01ntf-.u\u0001\u00e4";

    @Test
    void ordinaryDocumentsAreRead() {
        for (String text : ORDINARY) {
            assertEquals(Optional.of(Json.MAPPER.readTree(text)), quick(text), text);
        }
    }

    @Test
    void othersAreLeftToTheLibrary() {
        for (String text : OTHERS) {
            assertEquals(Optional.empty(), quick(text), text);
        }
    }

    @Test
    void whatIsReadTheLibraryReadsToo() {
        long seed = 7;
        Random random = new Random(seed);
        for (int i = 0; i < 200_000; i++) {
            byte[] bytes = ORDINARY.get(random.nextInt(ORDINARY.size())).getBytes(StandardCharsets.UTF_8);
            for (int changes = random.nextInt(3); changes >= 0; changes--) {
                bytes[random.nextInt(bytes.length)] = (byte) CHANGES.charAt(random.nextInt(CHANGES.length()));
            }
            Optional<JsonNode> read = QuickTrees.read(bytes);
            if (read.isPresent()) {
                assertEquals(byLibrary(bytes), read, new String(bytes, StandardCharsets.ISO_8859_1));
            }
        }
    }

    @Test
    void managersFieldsStayText() {
        JsonNode fields = quick("{\"fieldsV1\":{\"f:a\":{\".\":{},\"v:\\\"x\\\"\":{}}}}")
                .orElseThrow()
                .path("fieldsV1");
        assertEquals(Optional.of("{\"f:a\":{\".\":{},\"v:\\\"x\\\"\":{}}}"), UnreadObject.text(fields));
        assertEquals(
                Optional.empty(),
                UnreadObject.text(quick("{\"f\":{\"f:a\":{}}}").orElseThrow().path("f")));
    }

    @Test
    void namesAreShared() {
        String name = quick("{\"sharedName\":1}")
                .orElseThrow()
                .propertyNames()
                .iterator()
                .next();
        assertSame(
                name,
                quick("{\"sharedName\":2}")
                        .orElseThrow()
                        .propertyNames()
                        .iterator()
                        .next());
    }

    private static Optional<JsonNode> quick(String text) {
        return QuickTrees.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<JsonNode> byLibrary(byte[] bytes) {
        try {
            return Optional.of(Json.MAPPER.readTree(bytes));
        } catch (JacksonException refused) {
            return Optional.empty();
        }
    }
}
