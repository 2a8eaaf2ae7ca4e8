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
                new Row("replace what is not there", "{}", "[{'op':'replace','path':'/a','value':1}]", "{'a':1}"),
                new Row("no value", "{'a':1}", "[{'op':'add','path':'/a'}]", "{'a':null}"),
                new Row("copy what is not there", "{}", "[{'op':'copy','from':'/a','path':'/b'}]", "{'b':null}"),
                new Row("insert from behind", "{'a':[1]}", "[{'op':'add','path':'/a/-1','value':2}]", "{'a':[1,2]}"),
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
                new Row(
                        "missing key",
                        "{}",
                        "[{'op':'remove','path':'/a'}]",
                        "error in remove for path: '/a': Unable to remove nonexistent key: a: missing value"),
                new Row(
                        "missing parent",
                        "{}",
                        "[{'op':'add','path':'/a/b','value':1}]",
                        "add operation does not apply: doc is missing path: '/a/b': missing value"),
                new Row(
                        "parent is null",
                        "{'a':null}",
                        "[{'op':'replace','path':'/a/b','value':1}]",
                        "replace operation does not apply: doc is missing path: /a/b: missing value"),
                new Row(
                        "add to nothing",
                        "{}",
                        "[{'op':'add','path':'','value':{}}]",
                        "add operation does not apply: doc is missing path: '': missing value"),
                new Row(
                        "out of range",
                        "{'a':[]}",
                        "[{'op':'add','path':'/a/5','value':1}]",
                        "error in add for path: '/a/5': Unable to access invalid index: 5: invalid index referenced"),
                new Row(
                        "no index",
                        "{'a':[]}",
                        "[{'op':'add','path':'/a/x','value':1}]",
                        "error in add for path: '/a/x': value was not a proper array index: 'x':"
                                + " strconv.Atoi: parsing 'x': invalid syntax"),
                new Row(
                        "replace an element that is not there",
                        "{'a':[]}",
                        "[{'op':'replace','path':'/a/0','value':1}]",
                        "replace operation does not apply: doc is missing key: /a/0: missing value"),
                new Row(
                        "move what is not there",
                        "{}",
                        "[{'op':'move','from':'/a','path':'/b'}]",
                        "error in move for path: 'a': Unable to remove nonexistent key: a: missing value"),
                new Row(
                        "copy the whole",
                        "{}",
                        "[{'op':'copy','from':'','path':'/b'}]",
                        "copy operation does not apply: doc is missing from path: : missing value"),
                new Row(
                        "no source",
                        "{}",
                        "[{'op':'copy','path':'/b'}]",
                        "copy operation failed to decode from: operation, missing from field: missing value"),
                new Row(
                        "no path",
                        "{}",
                        "[{'op':'replace','value':{}}]",
                        "replace operation failed to decode path: operation missing path field: missing value"),
                new Row(
                        "no whole",
                        "{}",
                        "[{'op':'replace','path':'','value':1}]",
                        "replace operation value must be object or array: %!w(<nil>)"),
                new Row(
                        "failed test",
                        "{'a':1}",
                        "[{'op':'test','path':'/a','value':2}]",
                        "testing value /a failed: test failed"),
                new Row(
                        "test inside nothing",
                        "{}",
                        "[{'op':'test','path':'/a/b','value':null}]",
                        "test operation does not apply: is missing path: /a/b: missing value"),
                new Row("unknown op", "{}", "[{'op':'x','path':'/a'}]", "Unexpected kind: x"));
    }

    @ParameterizedTest
    @MethodSource("failing")
    void refuses(Row row) {
        StatusException error = assertThrows(
                StatusException.class, () -> JsonPatch.parse(bytes(row.patch)).apply((ObjectNode) json(row.original)));
        assertEquals(422, error.code());
        assertEquals(row.expected.replace('\'', '"'), JsonPatch.whyNot(error).replace('\'', '"'));
    }

    @Test
    void whatIsNoListIsNoPatch() {
        assertEquals(
                400,
                assertThrows(StatusException.class, () -> JsonPatch.parse(bytes("{'op':'x'}")))
                        .code());
    }

    @Test
    void limitsOperations() {
        String one = "{\"op\":\"test\",\"path\":\"/a\"},";
        String patch = "[" + one.repeat(10_000) + one.substring(0, one.length() - 1) + "]";
        StatusException error =
                assertThrows(StatusException.class, () -> JsonPatch.parse(patch.getBytes(StandardCharsets.UTF_8)));
        assertEquals(413, error.code());
        assertEquals(
                "Request entity too large: The allowed maximum operations in a JSON patch is 10000, got 10001",
                error.getMessage());
    }

    /// Each copy doubles the document; each round of moves nests it once more.
    @Test
    void limitsWhatOperationsMakeOfOneAnother() {
        String copy = "{'op':'copy','from':'/a','path':'/a/a'},";
        String bomb = "[" + copy.repeat(9_999) + "{'op':'remove','path':'/a'}]";
        StatusException large = assertThrows(
                StatusException.class,
                () -> JsonPatch.parse(bytes(bomb)).apply((ObjectNode) json("{'a':{'b':'text'}}")));
        assertEquals(422, large.code());
        assertTrue(JsonPatch.whyNot(large).contains("exceeding the limit 3145728"), () -> JsonPatch.whyNot(large));
        String nest = "{'op':'add','path':'/b','value':{}},{'op':'move','from':'/a','path':'/b/a'},"
                + "{'op':'move','from':'/b','path':'/a'},";
        String deep = "[" + nest.repeat(3_000) + "{'op':'test','path':'/b'}]";
        StatusException nested = assertThrows(
                StatusException.class, () -> JsonPatch.parse(bytes(deep)).apply((ObjectNode) json("{'a':{}}")));
        assertEquals(422, nested.code());
        assertTrue(JsonPatch.whyNot(nested).contains("max depth"), () -> JsonPatch.whyNot(nested));
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
