package io.gantry.apiserver.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GnosticYamlTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0000',
            value = {
                "[{'fieldPath':'spec.color'},{'fieldPath':'spec.size'}] | - fieldPath: spec.color~- fieldPath: spec.size~",
                "[{'group':'','kind':'Pod','version':'v1'}] | - group: \"\"~  kind: Pod~  version: v1~",
                "['name','port'] | - name~- port~",
                "'map' | map~",
                "'true' | \"true\"~",
                "true | true~",
                "1.5 | 1.5~",
                "{'a':'b','c':1} | a: b~c: 1~",
                "{} | {}~",
                "[[1]] | [[1]]~",
            })
    void writesBlocks(String json, String yaml) {
        assertEquals(yaml.replace('~', '\n'), GnosticYaml.of(Json.MAPPER.readTree(json.replace('\'', '"'))));
    }
}
