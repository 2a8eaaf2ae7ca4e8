package io.gantry.api.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gantry.api.StatusException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is said of text that is no YAML, as `sigs.k8s.io/yaml` 1.6 says it.
class YamlFaultsTest {
    /// `^` ends a line, `~` is a tab.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a: \"\\q\"^| found unknown escape character",
                "m:^  a: \"\\q\"^| line 2: found unknown escape character",
                "m:^  a: \"\\x4\"^| line 2: did not find expected hexdecimal number",
                "m:^~a: b^| line 2: found character that cannot start any token",
                "m:^  a: @x^| line 2: found character that cannot start any token",
                "m: %a^| found character that cannot start any token",
                "m:^  a: b: c^| line 2: mapping values are not allowed in this context",
                "m:^  a^  b: c^| line 3: mapping values are not allowed in this context",
                "a: b^  c: d^| line 2: mapping values are not allowed in this context",
                "m:^ a: - b^| line 2: block sequence entries are not allowed in this context",
                "m:^  a: b^ c: d^| line 2: did not find expected key",
                "m:^- a^b: c^- d^| line 3: did not find expected key",
                "m:^  - a^  b: c^| line 2: did not find expected '-' indicator",
                "m: {a: b^c: d^| line 1: did not find expected ',' or '}'",
                "m: [a^b: c^| line 1: did not find expected ',' or ']'",
                "m:^  a: \"x^| line 3: found unexpected end of stream",
                "m:^  a: *x^| unknown anchor 'x' referenced",
                "m:^  a: !x!y z^| line 1: found undefined tag handle"
            })
    void areUpstreams(String text, String fault) {
        byte[] bytes = text.replace('^', '\n').replace('~', '\t').getBytes(StandardCharsets.UTF_8);
        assertEquals(
                "error converting YAML to JSON: yaml: " + fault,
                assertThrows(StatusException.class, () -> Bodies.yaml(bytes)).getMessage());
    }
}
