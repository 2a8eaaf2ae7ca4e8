package io.gantry.apiserver.projection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gantry.api.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

final class ProjectionTest {
    private static final String POD = """
            {"kind":"Pod","metadata":{"name":"a","labels":{"app":"x","q\\"k":"tab\\tand \\u00e4 \\\\"},
             "managedFields":[{"f:x":{"}":"]{"}}]},
             "spec":{"volumes":[{"name":"v","secret":{"secretName":"s"}},{"name":"w"}],"nodeName" : "n1","n":-3,"big":12345678901234567890,"d":1.5e3},
             "status":{"ready":true,"none":null,"ä":"ö"}}""";

    private static String read(String... paths) {
        return Projection.of(List.of(paths)).read(bytes(POD)).toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void readsWhatPathsNameAndNothingElse() {
        assertEquals("{\"spec\":{\"nodeName\":\"n1\"}}", read("spec.nodeName"));
        assertEquals("{\"metadata\":{\"name\":\"a\"},\"status\":{}}", read("metadata.name", "status.absent"));
        assertEquals("{}", read("absent.too"));
        assertEquals("{\"spec\":{\"volumes\":[{\"name\":\"v\"},{\"name\":\"w\"}]}}", read("spec.volumes.name"));
        assertEquals("{\"kind\":\"Pod\"}", read("kind.below"));
    }

    @Test
    void readsValuesAsTheLibraryDoes() {
        JsonNode whole = Json.MAPPER.readTree(POD);
        assertEquals(
                whole,
                Projection.of(List.of("kind", "metadata", "spec", "status")).read(bytes(POD)));
        assertEquals(whole.path("spec").path("big").bigIntegerValue().toString(), "12345678901234567890");
    }

    @Test
    void anyDocumentIsReadAsTheLibraryDoes() {
        Random random = new Random(20261121);
        for (int i = 0; i < 2_000; i++) {
            ObjectNode document = JsonNodeFactory.instance.objectNode();
            for (String name : List.of("a", "b", "c")) {
                document.set(name, value(random, 4));
            }
            ObjectNode some = document.deepCopy();
            some.remove("b");
            byte[] json = Json.MAPPER.writeValueAsBytes(document);
            assertEquals(some, Projection.of(List.of("a", "c")).read(json), () -> document.toString());
        }
    }

    private static JsonNode value(Random random, int depth) {
        JsonNodeFactory make = JsonNodeFactory.instance;
        switch (random.nextInt(depth == 0 ? 5 : 7)) {
            case 0:
                return make.numberNode(random.nextInt(3) - 1);
            case 1:
                return make.numberNode(random.nextLong());
            case 2:
                return make.booleanNode(random.nextBoolean());
            case 3:
                return make.nullNode();
            case 4:
                return make.stringNode(text(random));
            case 5:
                ArrayNode array = make.arrayNode();
                for (int i = random.nextInt(4); i > 0; i--) {
                    array.add(value(random, depth - 1));
                }
                return array;
            default:
                ObjectNode object = make.objectNode();
                for (int i = random.nextInt(4); i > 0; i--) {
                    object.set(text(random), value(random, depth - 1));
                }
                return object;
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(20); i > 0; i--) {
            text.append("ab{}[]\",:\\\n\u00e4\u20ac".charAt(random.nextInt(13)));
        }
        return text.toString();
    }

    @Test
    void whatIsCutOffIsRefused() {
        byte[] cut = bytes("{\"a\":{\"b\":\"c");
        assertThrows(
                IllegalArgumentException.class,
                () -> Projection.of(List.of("a.b")).read(cut));
        assertThrows(
                IllegalArgumentException.class,
                () -> Projection.of(List.of("z")).read(cut));
    }
}
