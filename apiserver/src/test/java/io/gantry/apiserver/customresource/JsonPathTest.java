package io.gantry.apiserver.customresource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gantry.api.Json;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonPathTest {
    private static final String OBJECT = """
            {"spec":{"a":"x","n":3,"list":[{"k":"a","v":1},{"k":"b","v":2},{"k":"c","v":3}],"m":{"x.y/z":"dotted"}},
             "status":{"conditions":[{"type":"Ready","status":"True"},{"type":"Synced","status":"False"}]}}""";

    record Row(String path, String found) {}

    static Stream<Row> paths() {
        return Stream.of(
                new Row(".spec.a", "[\"x\"]"),
                new Row("$.spec.a", "[\"x\"]"),
                new Row(".spec['a']", "[\"x\"]"),
                new Row(".spec.gone.more", "[]"),
                new Row(".spec.m.x\\.y/z", "[\"dotted\"]"),
                new Row(".spec.m['x.y/z']", "[\"dotted\"]"),
                new Row(".spec.list[0].k", "[\"a\"]"),
                new Row(".spec.list[-1].k", "[\"c\"]"),
                new Row(".spec.list[5].k", "[]"),
                new Row(".spec.list[0:2].v", "[1,2]"),
                new Row(".spec.list[::2].v", "[1,3]"),
                new Row(".spec.list[*].v", "[1,2,3]"),
                new Row(".spec.list[0,2].v", "[1,3]"),
                new Row(".spec.list[?(@.v>1)].k", "[\"b\",\"c\"]"),
                new Row(".spec.list[?(@.k != \"b\")].v", "[1,3]"),
                new Row(".status.conditions[?(@.type==\"Ready\")].status", "[\"True\"]"),
                new Row(".status.conditions[?(@.type=='Synced')].status", "[\"False\"]"),
                new Row(".status.conditions[?(@.reason)].type", "[]"),
                new Row("..k", "[\"a\",\"b\",\"c\"]"));
    }

    @ParameterizedTest
    @MethodSource("paths")
    void finds(Row row) {
        assertEquals(
                row.found(),
                Json.MAPPER.writeValueAsString(JsonPath.parse(row.path()).find(Json.MAPPER.readTree(OBJECT))));
    }

    @ParameterizedTest
    @ValueSource(strings = {".spec[", ".spec[x]", ".spec[?(@.a==]", ".a b"})
    void refusesWhatIsNoPath(String path) {
        assertThrows(IllegalArgumentException.class, () -> JsonPath.parse(path));
    }

    @Test
    void aLongPathEnds() {
        assertEquals(List.of(), JsonPath.parse(".a".repeat(10_000)).find(Json.MAPPER.readTree("{}")));
    }
}
