package io.gantry.apiserver.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import io.gantry.api.decode.Bodies;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/// Trees are written as the library writes them.
class TreeTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"a\":\"b\",\"c\":{},\"d\":[],\"e\":[1,\"x\",{\"y\":[[]]}]}",
                "{\"n\":[0,-1,9,10,2147483647,2147483648,-2147483648,9223372036854775807,-9223372036854775808]}",
                "{\"n\":[0.5,1e30,-1.25e-7,123456789012345678901234567890,0.1]}",
                "{\"t\":true,\"f\":false,\"n\":null}",
                "{\"quote\\\"\":\"back\\\\slash \\u0001 \\n \\t \\u001f \\u007f\",\"ümlaut\":\"€ 𝄞 é\"}",
                "{\"metadata\":{\"managedFields\":[{\"fieldsV1\":{\"f:a\":{\".\":{},\"k:{\\\"x\\\":\\\"y\\\"}\":{}}}}]}}",
            })
    void asTheLibrary(String json) {
        ObjectNode tree = Bodies.stored(json.getBytes(StandardCharsets.UTF_8));
        TreeText text = new TreeText(1);
        text.field(true, "tree", tree);
        assertEquals(
                "\"tree\":" + Json.MAPPER.writeValueAsString(tree),
                new String(text.finished(), StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 31, 32, 126, 127, 128, 255, 256, 0x20ac, 0xffff})
    void everySortOfCharacter(int character) {
        ObjectNode tree = Json.MAPPER.createObjectNode().put("a", "b" + (char) character + "c");
        TreeText text = new TreeText(4);
        text.field(false, "tree", tree);
        assertEquals(
                ",\"tree\":" + Json.MAPPER.writeValueAsString(tree),
                new String(text.finished(), StandardCharsets.UTF_8));
    }
}
