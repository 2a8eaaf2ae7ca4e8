package io.gantry.apiserver.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.api.kind.Column;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class TableWriterTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:05:00Z");
    private static final byte[] OBJECT = """
        {"apiVersion":"v1","kind":"Thing","metadata":{"name":"a","resourceVersion":"7","creationTimestamp":"2026-01-01T00:00:00Z"},
         "spec":{"size":3}}""".getBytes(StandardCharsets.UTF_8);

    private final TableWriter writer = new TableWriter(List.of(
            Column.number(
                    "Size", "how big", (o, now) -> o.path("spec").path("size").asInt(0)),
            Column.age()));

    @Test
    void writesAList() {
        ListHead head = new ListHead("9", "token", OptionalLong.of(4));
        JsonNode table = Json.MAPPER.readTree(writer.list(List.of(OBJECT), head, options(IncludeObject.METADATA), NOW));
        assertEquals("meta.k8s.io/v1", table.path("apiVersion").asString());
        assertEquals(
                "{\"resourceVersion\":\"9\",\"continue\":\"token\",\"remainingItemCount\":4}",
                table.path("metadata").toString());
        assertEquals(
                "Name", table.path("columnDefinitions").path(0).path("name").asString());
        JsonNode row = table.path("rows").path(0);
        assertEquals("[\"a\",3,\"5m\"]", row.path("cells").toString());
        assertEquals("PartialObjectMetadata", row.path("object").path("kind").asString());
        assertEquals("a", row.path("object").path("metadata").path("name").asString());
        assertEquals(false, row.path("object").has("spec"));
    }

    @Test
    void writesOneObject() {
        JsonNode table = Json.MAPPER.readTree(
                writer.one(OBJECT, options(IncludeObject.OBJECT).withoutHeaders(), NOW));
        assertEquals("7", table.path("metadata").path("resourceVersion").asString());
        assertEquals(true, table.path("columnDefinitions").isNull());
        assertEquals(
                3,
                table.path("rows")
                        .path(0)
                        .path("object")
                        .path("spec")
                        .path("size")
                        .asInt());
        JsonNode bare = Json.MAPPER.readTree(writer.one(OBJECT, options(IncludeObject.NONE), NOW));
        assertEquals(true, bare.path("rows").path(0).path("object").isNull());
    }

    @Test
    void keepsAKindsOwnName() {
        TableWriter events = new TableWriter(
                List.of(Column.age(), Column.text("Name", "", (o, now) -> "x").wide()));
        JsonNode table = Json.MAPPER.readTree(events.one(OBJECT, options(IncludeObject.NONE), NOW));
        assertEquals(2, table.path("columnDefinitions").size());
    }

    @Test
    void writesMetadataOnly() {
        JsonNode one = Json.MAPPER.readTree(PartialObjects.one(OBJECT, "v1"));
        assertEquals("a", one.path("metadata").path("name").asString());
        assertEquals(3, one.size());
        JsonNode list = Json.MAPPER.readTree(PartialObjects.list(List.of(OBJECT, OBJECT), ListHead.of("5"), "v1beta1"));
        assertEquals("meta.k8s.io/v1beta1", list.path("apiVersion").asString());
        assertEquals(2, list.path("items").size());
    }

    @Test
    void refusesUnknownIncludeObject() {
        assertEquals(
                400,
                assertThrows(StatusException.class, () -> IncludeObject.parse("All"))
                        .code());
    }

    private static TableWriter.Options options(IncludeObject include) {
        return new TableWriter.Options("v1", include, true);
    }
}
