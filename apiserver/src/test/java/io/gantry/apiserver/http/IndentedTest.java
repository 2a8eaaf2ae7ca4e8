package io.gantry.apiserver.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class IndentedTest {
    private static String indent(String json) {
        return new String(Indented.indent(json.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }

    @Test
    void objectsAndArraysHaveLinesOfTheirOwn() {
        assertEquals(
                "{\n  \"a\": {\n    \"b\": [\n      1,\n      \"x\"\n    ]\n  },\n  \"allowed\": true\n}",
                indent("{\"a\":{\"b\":[1,\"x\"]},\"allowed\":true}"));
    }

    @Test
    void emptyOnesAndTextStayAsTheyAre() {
        assertEquals(
                "{\n  \"a\": {},\n  \"b\": [],\n  \"c\": \"{\\\"x\\\":[1, 2],\\\\\"\n}",
                indent("{\"a\":{},\"b\":[],\"c\":\"{\\\"x\\\":[1, 2],\\\\\"}"));
        assertEquals("[\n  [],\n  {},\n  \"é\"\n]", indent("[ [ ],{ } , \"é\" ]"));
    }
}
