package io.gantry.api.resource;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
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

    /// A fraction goes the long way.
    @ParameterizedTest
    @CsvSource({
        "99999999, Ei, 9223372036854775807",
        "16, Ei, 9223372036854775807",
        "7, Ei, 8070450532247928832",
        "12345678901234567, '', 12345678901234567",
        "1500, m, 2",
        "0, Gi, 0",
        "007, k, 7000",
        "5, n, 1",
        "3, E, 3000000000000000000"
    })
    void simpleTextsAreReadAsOthers(String digits, String suffix, long value) {
        Quantity simple = Quantity.parse(digits + suffix);
        assertEquals(Quantity.parse(digits + ".0" + suffix), simple);
        assertEquals(value, simple.value());
        assertEquals(digits + suffix, simple.text());
    }

    @Test
    void whatLooksCanonicalIs() {
        int plain = 0;
        for (String suffix : List.of(
                "", "n", "u", "m", "k", "M", "G", "T", "P", "E", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei", "e0", "e3",
                ".0")) {
            for (String number : numbers()) {
                String text = number + suffix;
                if (Quantity.isPlainlyCanonical(text)) {
                    plain++;
                    assertEquals(text, Quantity.parse(text).canonical());
                }
            }
        }
        assertEquals(14 * 999 + 1, plain, "one to 999 with each suffix but the largest, and zero");
    }

    private static List<String> numbers() {
        List<String> numbers = new ArrayList<>(List.of("00", "01", "-1", "+1", "1000", "1024", "5000"));
        IntStream.range(0, 1000).forEach(number -> numbers.add(Integer.toString(number)));
        return numbers;
    }
}
