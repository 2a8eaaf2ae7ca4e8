package io.gantry.api.resource;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class QuantityTest {
    /// What upstream's `CanonicalizeBytes` writes.
    @ParameterizedTest
    @CsvSource({
        "100m, 100m",
        "1500m, 1500m",
        "1000m, 1",
        "0.1, 100m",
        "1024Ki, 1Mi",
        "1.5Gi, 1536Mi",
        "0.5Ki, 512",
        "1e3, 1e3",
        "1500e3, 1500e3",
        "12e4, 120e3",
        "1e-1, 100e-3",
        "1e0, 1",
        "0e9, 0",
        "4e400, 40e399",
        "-4e400, -40e399",
        "0.1n, 1n",
        "-0.1n, -1n",
        "-.22n, -1n",
        "1e-12, 1e-9",
        "0.0000000015, 2n",
        "99999999Ei, 9223372036854775807",
        "-99999999.5Ei, -9223372036854775807"
    })
    void canonicalForm(String text, String canonical) {
        assertEquals(canonical, Quantity.parse(text).canonical());
        assertEquals(canonical, Quantity.parse(canonical).canonical());
        assertEquals(Quantity.parse(canonical), Quantity.parse(text), "the same amount");
    }

    @ParameterizedTest
    @CsvSource({"99999999Ei, 9223372036854775807", "16Ei, 9223372036854775807", "7Ei, 8070450532247928832"})
    void simpleTextsAreReadAsOthers(String text, long value) {
        Quantity simple = Quantity.ofSimple(text);
        assertEquals(Quantity.parse(text), simple);
        assertEquals(value, simple == null ? 0 : simple.value());
    }
}
