package io.gantry.api.negotiation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import io.gantry.api.decode.Bodies;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class YamlWriterTest {
    private static String yaml(String json) {
        return new String(YamlWriter.write(Json.MAPPER.readTree(json)), StandardCharsets.UTF_8);
    }

    @Test
    void blocksAsUpstreamWritesThem() {
        assertEquals(
                """
                apiVersion: v1
                items:
                - a: 1
                  b:
                  - x
                  - - w
                    - z
                  - {}
                - []
                - null
                kind: List
                """,
                yaml(
                        "{\"kind\":\"List\",\"apiVersion\":\"v1\",\"items\":[{\"b\":[\"x\",[\"w\",\"z\"],{}],\"a\":1},[],null]}"));
        assertEquals("{}\n", yaml("{}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "no",
                "Yes",
                "null",
                "~",
                "1",
                "1e3",
                "0x1F",
                "012",
                "1_000",
                "2026-01-01",
                "1:30",
                ".nan",
                "-",
                "- a",
                "a: b",
                "a #b",
                "#",
                "&a",
                "*a",
                "!a",
                "|",
                ">",
                "'",
                "\"",
                "{",
                "[",
                "%",
                "@",
                "`",
                "a b",
                "a\nb\n",
                "\t",
                "a ",
                "<<",
                "=",
                "true",
                "\u0000\u007f\u0085\u2028\ufeff",
                "héllo \ud83d\ude00",
                "f:a",
                "k8s.io/a-b"
            })
    void whatIsWrittenIsReadAgain(String text) {
        ObjectNode tree = Json.MAPPER.createObjectNode();
        tree.put("a", text).put("n", 1.5).putArray("l").add(text).addObject().put("b" + text, text);
        JsonNode read = Bodies.yaml(YamlWriter.write(tree)).tree();
        assertEquals(tree, read);
    }
}
