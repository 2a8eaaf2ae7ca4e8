package io.gantry.api.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BodiesTest {
    record Row(String name, String yaml, String json) {}

    static Stream<Row> documents() {
        return Stream.of(
                new Row("json", "{\"a\": [1, 2.5, null, true]}", "{'a':[1,2.5,null,true]}"),
                new Row("block", "a: 1\nb:\n- x\n- w: z\n", "{'a':1,'b':['x',{'w':'z'}]}"),
                new Row(
                        "yaml 1.1 words",
                        "a: yes\nb: off\nc: ~\nd: 'yes'\ne:\n",
                        "{'a':true,'b':false,'c':null,'d':'yes','e':null}"),
                new Row("octal", "a: 0644\nb: 0o10\nc: 0x1F\nd: 089\n", "{'a':420,'b':8,'c':31,'d':89}"),
                new Row(
                        "numbers",
                        "a: 1_000\nb: -5\nc: 1e3\nd: .5\ne: 1.2.3\nf: 12:30\n",
                        "{'a':1000,'b':-5,'c':1000,'d':0.5,'e':'1.2.3','f':'12:30'}"),
                new Row(
                        "what no double holds stays text",
                        "a: 1e400\nb: -1e400\nc: " + "9".repeat(400) + "\n",
                        "{'a':'1e400','b':'-1e400','c':'" + "9".repeat(400) + "'}"),
                new Row("times stay text", "a: 2026-01-01T00:00:00Z\n", "{'a':'2026-01-01T00:00:00Z'}"),
                new Row("keys become text", "80: a\ntrue: b\n", "{'80':'a','true':'b'}"),
                new Row("anchors", "a: &x {b: 1}\nc: *x\n", "{'a':{'b':1},'c':{'b':1}}"),
                new Row(
                        "merge keys",
                        "a: &x {b: 1, d: 2}\nc: {<<: *x, d: 3}\n",
                        "{'a':{'b':1,'d':2},'c':{'d':3,'b':1}}"),
                new Row("literal", "a: |\n  x\n  y\n", "{'a':'x\\ny\\n'}"),
                new Row("document marker", "---\na: 1\n", "{'a':1}"));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void readsYaml(Row row) {
        Body body = Bodies.yaml(row.yaml.getBytes(StandardCharsets.UTF_8));
        assertEquals(Json.MAPPER.readTree(row.json.replace('\'', '"')), body.tree());
        assertEquals(List.of(), body.strictErrors());
    }

    record Bad(String name, boolean yaml, String text, String part) {}

    static Stream<Bad> bad() {
        return Stream.of(
                new Bad("empty", false, "", "unexpected end of JSON input"),
                new Bad("cut off", false, "{\"a\":", "unexpected end of JSON input"),
                new Bad("trailing", false, "{} {}", "after top-level value"),
                new Bad("array", false, "[]", "cannot unmarshal array"),
                new Bad("deep", false, "[".repeat(2000), "depth"),
                new Bad("YAML's infinity", true, "a: -.inf\n", "json: unsupported value: -Inf"),
                new Bad("YAML's no number", true, "a: [.NaN]\n", "json: unsupported value: NaN"),
                new Bad("two documents", true, "a: 1\n---\nb: 2\n", "single document"),
                new Bad("line", true, "a: [1\nb: 2", "line 1: did not find expected"),
                new Bad("deep yaml", true, "[".repeat(2000), "depth"),
                new Bad("escapes in tags", true, "a: !!binaA%a", "Tag must not"),
                new Bad("laughs", true, laughs(), "alias"));
    }

    private static String laughs() {
        StringBuilder text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            text.append("a" + i + ": &a" + i + " [" + ("*a" + (i - 1) + ", ").repeat(9) + "*a" + (i - 1) + "]\n");
        }
        return text.toString();
    }

    @ParameterizedTest
    @MethodSource("bad")
    void refuses(Bad row) {
        byte[] bytes = row.text.getBytes(StandardCharsets.UTF_8);
        StatusException error = assertThrows(StatusException.class, () -> {
            Body ignored = row.yaml ? Bodies.yaml(bytes) : Bodies.json(bytes);
        });
        assertEquals(400, error.code());
        assertTrue(String.valueOf(error.getMessage()).contains(row.part), error.getMessage());
    }

    @ParameterizedTest
    @MethodSource("duplicates")
    void findsDuplicates(Bad row) {
        byte[] bytes = row.text.getBytes(StandardCharsets.UTF_8);
        Body body = row.yaml ? Bodies.yaml(bytes) : Bodies.json(bytes);
        assertEquals(List.of(row.part), body.strictErrors());
    }

    static Stream<Bad> duplicates() {
        return Stream.of(
                new Bad("top", false, "{\"a\":1,\"a\":2}", "duplicate field \"a\""),
                new Bad("nested", false, "{\"s\":{\"l\":[{},{\"a\":1,\"a\":2}]}}", "duplicate field \"s.l[1].a\""),
                new Bad("yaml", true, "a: 1\nb: 2\na: 3\n", "line 3: key \"a\" already set in map"));
    }
}
