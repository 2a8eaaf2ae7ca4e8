package io.gantry.api.patch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class JsonPatchTest {
    record Row(String name, String original, String patch, String expected) {}

    static Stream<Row> patches() {
        return Stream.of(
                new Row("add", "{'a':{}}", "[{'op':'add','path':'/a/b','value':1}]", "{'a':{'b':1}}"),
                new Row("insert", "{'a':[1,3]}", "[{'op':'add','path':'/a/1','value':2}]", "{'a':[1,2,3]}"),
                new Row("append", "{'a':[1]}", "[{'op':'add','path':'/a/-','value':2}]", "{'a':[1,2]}"),
                new Row(
                        "remove",
                        "{'a':[1,2],'b':1}",
                        "[{'op':'remove','path':'/a/0'},{'op':'remove','path':'/b'}]",
                        "{'a':[2]}"),
                new Row("negative", "{'a':[1,2]}", "[{'op':'remove','path':'/a/-1'}]", "{'a':[1]}"),
                new Row("replace", "{'a':1}", "[{'op':'replace','path':'/a','value':null}]", "{'a':null}"),
                new Row("move", "{'a':1}", "[{'op':'move','from':'/a','path':'/b'}]", "{'b':1}"),
                new Row(
                        "copy",
                        "{'a':{'x':1}}",
                        "[{'op':'copy','from':'/a','path':'/b'}]",
                        "{'a':{'x':1},'b':{'x':1}}"),
                new Row("test", "{'a':{'x':1}}", "[{'op':'test','path':'/a','value':{'x':1}}]", "{'a':{'x':1}}"),
                new Row("test for nothing", "{}", "[{'op':'test','path':'/a','value':null}]", "{}"),
                new Row(
                        "escapes",
                        "{'a/b':1,'c~d':2}",
                        "[{'op':'remove','path':'/a~1b'},{'op':'remove','path':'/c~0d'}]",
                        "{}"),
                new Row("root", "{'a':1}", "[{'op':'replace','path':'','value':{'b':1}}]", "{'b':1}"));
    }

    @ParameterizedTest
    @MethodSource("patches")
    void patches(Row row) {
        assertEquals(json(row.expected), JsonPatch.parse(bytes(row.patch)).apply((ObjectNode) json(row.original)));
    }

    static Stream<Row> failing() {
        return Stream.of(
                new Row("missing key", "{}", "[{'op':'remove','path':'/a'}]", "422"),
                new Row("missing parent", "{}", "[{'op':'add','path':'/a/b','value':1}]", "422"),
                new Row("replace what is not there", "{}", "[{'op':'replace','path':'/a','value':1}]", "422"),
                new Row("out of range", "{'a':[]}", "[{'op':'add','path':'/a/5','value':1}]", "422"),
                new Row("failed test", "{'a':1}", "[{'op':'test','path':'/a','value':2}]", "422"),
                new Row("unknown op", "{}", "[{'op':'x','path':'/a'}]", "422"),
                new Row("no array", "{}", "{'op':'x'}", "400"));
    }

    @ParameterizedTest
    @MethodSource("failing")
    void refuses(Row row) {
        StatusException error = assertThrows(
                StatusException.class, () -> JsonPatch.parse(bytes(row.patch)).apply((ObjectNode) json(row.original)));
        assertEquals(Integer.parseInt(row.expected), error.code());
    }

    @Test
    void limitsOperations() {
        String one = "{\"op\":\"test\",\"path\":\"/a\"},";
        String patch = "[" + one.repeat(10_000) + one.substring(0, one.length() - 1) + "]";
        StatusException error =
                assertThrows(StatusException.class, () -> JsonPatch.parse(patch.getBytes(StandardCharsets.UTF_8)));
        assertEquals(413, error.code());
        assertEquals("The allowed maximum operations in a JSON patch is 10000, got 10001", error.getMessage());
    }

    /// Each copy doubles the document; each round of moves nests it once more.
    @Test
    void limitsWhatOperationsMakeOfOneAnother() {
        String copy = "{'op':'copy','from':'','path':'/a'},";
        String bomb = "[" + copy.repeat(9_999) + "{'op':'remove','path':'/a'}]";
        StatusException large = assertThrows(
                StatusException.class, () -> JsonPatch.parse(bytes(bomb)).apply((ObjectNode) json("{'b':'text'}")));
        assertEquals(422, large.code());
        assertTrue(
                large.status().toString().contains("exceeding the limit 3145728"),
                () -> large.status().toString());
        String nest = "{'op':'add','path':'/b','value':{}},{'op':'move','from':'/a','path':'/b/a'},"
                + "{'op':'move','from':'/b','path':'/a'},";
        String deep = "[" + nest.repeat(3_000) + "{'op':'test','path':'/b'}]";
        StatusException nested = assertThrows(
                StatusException.class, () -> JsonPatch.parse(bytes(deep)).apply((ObjectNode) json("{'a':{}}")));
        assertEquals(422, nested.code());
        assertTrue(
                nested.status().toString().contains("max depth"),
                () -> nested.status().toString());
    }

    static Stream<Row> merges() {
        return Stream.of(
                new Row("merge", "{'a':{'b':1,'c':2}}", "{'a':{'b':null,'d':3}}", "{'a':{'c':2,'d':3}}"),
                new Row("lists are replaced", "{'a':[1,2]}", "{'a':[3]}", "{'a':[3]}"),
                new Row("nulls in what is new go", "{}", "{'a':{'b':null,'c':1}}", "{'a':{'c':1}}"),
                new Row("map over scalar", "{'a':1}", "{'a':{'b':1}}", "{'a':{'b':1}}"));
    }

    @ParameterizedTest
    @MethodSource("merges")
    void merges(Row row) {
        assertEquals(json(row.expected), MergePatch.apply(json(row.original), json(row.patch)));
    }

    private static byte[] bytes(String text) {
        return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    private static JsonNode json(String text) {
        return Json.MAPPER.readTree(bytes(text));
    }
}
