package io.gantry.api.apps.v1.daemonset;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class DaemonSetRulesTest {
    private final DaemonSetRules rules = new DaemonSetRules();

    private static ObjectNode set(String generation, String image) {
        ObjectNode set = Json.MAPPER.createObjectNode();
        if (!generation.equals("-")) {
            set.putObject("metadata").putObject("annotations").put(DaemonSetRules.TEMPLATE_GENERATION, generation);
        }
        set.putObject("spec").putObject("template").put("image", image);
        return set;
    }

    @ParameterizedTest
    @CsvSource({"-, 1", "0, 1", "7, 7", "x, 1"})
    void theTemplatesGenerationBeginsAtOneOrWhereAClientWants(String given, String expected) {
        ObjectNode object = set(given, "a");
        rules.prepareForCreate(object);
        assertEquals(set(expected, "a"), object);
    }

    @ParameterizedTest
    @CsvSource({"3, -, a, 3", "3, 9, a, 3", "3, 3, b, 4", "-, -, b, 2"})
    void onlyAChangedTemplateRaisesIt(String before, String sent, String image, String expected) {
        ObjectNode object = set(sent, image);
        rules.prepareForUpdate(object, set(before, "a"));
        assertEquals(
                expected,
                object.at("/metadata/annotations/" + DaemonSetRules.TEMPLATE_GENERATION)
                        .asString(""));
    }
}
