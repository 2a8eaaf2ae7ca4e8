package io.gantry.api.apiextensions.v1.customresourcedefinition;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class UnknownFormatsTest {
    private final CustomResourceDefinitionRules rules = new CustomResourceDefinitionRules();

    private static JsonNode definition(String properties) {
        return Json.MAPPER.readTree(
                "{\"spec\":{\"versions\":[{\"schema\":{\"openAPIV3Schema\":{\"type\":\"object\",\"properties\":{"
                        + properties.replace('\'', '"') + "}}}}]}}");
    }

    @Test
    void areToldOnceAndOnlyWhenTheyAreNew() {
        JsonNode old = definition("'a':{'type':'string','format':'binary'},'b':{'type':'string','format':'date-time'},"
                + "'k':{'type':'string','format':'k8s-short-name'}");
        JsonNode now = definition("'a':{'type':'string','format':'binary'},"
                + "'c':{'type':'array','items':{'anyOf':[{'type':'integer','format':'uint8'}]}},"
                + "'d':{'type':'object','additionalProperties':{'type':'integer','format':'uint8'},'format':'x'}");

        assertEquals(List.of("unrecognized format \"binary\""), rules.changeWarnings(old, Optional.empty()));
        assertEquals(
                List.of("unrecognized format \"uint8\"", "unrecognized format \"x\""),
                rules.changeWarnings(now, Optional.of(old)));
    }
}
