package io.gantry.apiserver.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.api.core.v1.node.NodeKind;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.kind.Column;
import io.gantry.api.kind.KindDefinition;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
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
        JsonNode table = Json.MAPPER.readTree(
                ByteBufUtil.getBytes(writer.list(List.of(OBJECT), head, options(IncludeObject.METADATA), NOW)));
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
        TableWriter events =
                new TableWriter(List.of(Column.age(), new Column("Name", "string", "name", 1, "", (o, now) -> "x")));
        JsonNode table = Json.MAPPER.readTree(events.one(OBJECT, options(IncludeObject.NONE), NOW));
        assertEquals(2, table.path("columnDefinitions").size());
    }

    @Test
    void aColumnOfACustomResourceThatIsCalledNameIsNotItsName() {
        TableWriter databases =
                new TableWriter(List.of(Column.text("Name", "of the database", (o, now) -> "x"), Column.age()));
        JsonNode table = Json.MAPPER.readTree(databases.one(OBJECT, options(IncludeObject.NONE), NOW));
        assertEquals(
                "[\"a\",\"x\",\"5m\"]", table.path("rows").path(0).path("cells").toString());
    }

    @Test
    void writesMetadataOnly() {
        JsonNode one = Json.MAPPER.readTree(PartialObjects.one(OBJECT, "v1"));
        assertEquals("a", one.path("metadata").path("name").asString());
        assertEquals(3, one.size());
        JsonNode list = Json.MAPPER.readTree(
                ByteBufUtil.getBytes(PartialObjects.list(List.of(OBJECT, OBJECT), ListHead.of("5"), "v1beta1", true)));
        assertEquals("meta.k8s.io/v1beta1", list.path("apiVersion").asString());
        assertEquals(2, list.path("items").size());
    }

    @Test
    void writesMetadataWithoutManagedFields() {
        byte[] managed = """
            {"kind":"Thing","metadata":{"name":"a","managedFields":[{"manager":"m"}],"uid":"1"},"spec":{}}""".getBytes(StandardCharsets.UTF_8);
        for (List<byte[]> objects : List.of(List.<byte[]>of(), List.of(managed), List.of(managed, OBJECT))) {
            JsonNode list = Json.MAPPER.readTree(
                    ByteBufUtil.getBytes(PartialObjects.list(objects, ListHead.of("5"), "v1", false)));
            assertEquals(objects.size(), list.path("items").size());
            for (JsonNode item : list.path("items")) {
                assertEquals("a", item.path("metadata").path("name").asString());
                assertEquals(false, item.path("metadata").has("managedFields"));
            }
        }
    }

    @Test
    void longTablesAreTheSameRowByRow() {
        TableWriter texts = new TableWriter(List.of(
                Column.text("Long", "", (o, now) -> "x".repeat(40_000)),
                Column.text(
                        "Odd",
                        "",
                        (o, now) ->
                                "\u00e4\n\"" + o.path("metadata").path("name").asString()),
                Column.number("Count", "", (o, now) -> Long.MAX_VALUE),
                new Column("Yes", "boolean", "", 0, "", (o, now) -> true)));
        for (IncludeObject include : IncludeObject.values()) {
            List<byte[]> objects = Collections.nCopies(100, OBJECT);
            JsonNode table = Json.MAPPER.readTree(
                    ByteBufUtil.getBytes(texts.list(objects, ListHead.of("5"), options(include), NOW)));
            JsonNode one = Json.MAPPER.readTree(texts.one(OBJECT, options(include), NOW));
            assertEquals(100, table.path("rows").size());
            table.path("rows").forEach(row -> assertEquals(one.path("rows").path(0), row));
            assertEquals(
                    "\u00e4\n\"a",
                    one.path("rows").path(0).path("cells").path(2).asString());
        }
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

    @Test
    void rowsOfPodsAndNodesNeedNoMoreThanTheKindsSay() {
        String start = "{\"metadata\":{\"name\":\"a\",\"resourceVersion\":\"7\","
                + "\"labels\":{\"node-role.kubernetes.io/x\":\"\"},"
                + "\"creationTimestamp\":\"2026-01-01T00:00:00Z\"";
        String status = "\"status\":{\"phase\":\"Running\",\"podIPs\":[{\"ip\":\"10.0.0.1\"}],"
                + "\"conditions\":[{\"type\":\"Initialized\",\"status\":\"%s\"},"
                + "{\"type\":\"Ready\",\"status\":\"True\"},{\"type\":\"g\",\"status\":\"True\"}],"
                + "\"initContainerStatuses\":[{\"name\":\"i\",\"started\":true,\"ready\":true,\"restartCount\":2,"
                + "\"lastState\":{\"terminated\":{\"finishedAt\":\"2026-01-01T00:01:00Z\"}},"
                + "\"state\":{\"terminated\":{\"exitCode\":%d,\"reason\":\"Error\"}}}],"
                + "\"containerStatuses\":[{\"name\":\"c\",\"ready\":true,\"restartCount\":1,\"state\":{\"running\":{}}}],"
                + "\"addresses\":[{\"type\":\"InternalIP\",\"address\":\"10.1.1.1\"}],"
                + "\"nodeInfo\":{\"kubeletVersion\":\"v1\",\"osImage\":\"D \\u00e4\"}}}";
        String spec =
                "\"spec\":{\"nodeName\":\"n\",\"unschedulable\":true,\"readinessGates\":[{\"conditionType\":\"g\"}],"
                        + "\"initContainers\":[{\"name\":\"i\",\"restartPolicy\":\"%s\",\"image\":\"x\"}],"
                        + "\"containers\":[{\"name\":\"c\"},{\"name\":\"d\"}]},";
        for (KindDefinition<?> kind : List.of(new PodKind(), new NodeKind())) {
            for (String more : List.of("},", ",\"deletionTimestamp\":\"2026-01-01T00:04:00.5Z\"},")) {
                for (String policy : List.of("Always", "Never")) {
                    for (int code : new int[] {0, 3}) {
                        String object = start
                                + more
                                + spec.formatted(policy)
                                + status.formatted(code == 0 ? "True" : "False", code);
                        byte[] json = object.getBytes(StandardCharsets.UTF_8);
                        assertEquals(
                                table(new TableWriter(kind.columns()), json),
                                table(new TableWriter(kind.columns(), kind.columnPaths()), json));
                    }
                }
            }
        }
    }

    private static JsonNode table(TableWriter writer, byte[] json) {
        return Json.MAPPER.readTree(writer.one(json, options(IncludeObject.METADATA), NOW));
    }
}
