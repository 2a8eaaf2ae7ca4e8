package io.gantry.api.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Durations as Go reads and writes them.
final class GoDurationsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0                           | 0
            +0                          | 0
            0s                          | 0
            3s                          | 3000000000
            1h30m                       | 5400000000000
            1.5s                        | 1500000000
            5.s                         | 5000000000
            .5s                         | 500000000
            -2ms                        | -2000000
            -.5s                        | -500000000
            +1m1s1ms                    | 61001000000
            1.5us                       | 1500
            7µs1ns                      | 7001
            7μs1ns                      | 7001
            0.3333333333333333333h      | 1200000000000
            0.100000000000000000000h    | 360000000000
            0.830103483285477580700h    | 2988372539827
            9007199254740993ns          | 9007199254740993
            9223372036854775807ns       | 9223372036854775807
            9223372036s854ms775us807ns  | 9223372036854775807
            -9223372036854775808ns      | -9223372036854775808
            """)
    void reads(String text, long nanos) {
        assertEquals(Duration.ofNanos(nanos), GoDurations.parse(text));
        assertTrue(GoDurations.isDuration(text));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                     | time: invalid duration ""
            -                      | time: invalid duration "-"
            s                      | time: invalid duration "s"
            .                      | time: invalid duration "."
            .s                     | time: invalid duration ".s"
            --1s                   | time: invalid duration "--1s"
            1                      | time: missing unit in duration "1"
            1h30                   | time: missing unit in duration "1h30"
            3 days                 | time: unknown unit " days" in duration "3 days"
            1d                     | time: unknown unit "d" in duration "1d"
            1S                     | time: unknown unit "S" in duration "1S"
            1ß                     | time: unknown unit "\\xc3\\x9f" in duration "1\\xc3\\x9f"
            9223372036854775808ns  | time: invalid duration "9223372036854775808ns"
            99999999999999999999s  | time: invalid duration "99999999999999999999s"
            3000000h               | time: invalid duration "3000000h"
            -9223372036854775809ns | time: invalid duration "-9223372036854775809ns"
            """)
    void refuses(String text, String message) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> GoDurations.parse(text))
                        .getMessage());
        assertFalse(GoDurations.isDuration(text));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0              | 0s
            1              | 1ns
            1100           | 1.1µs
            2200000        | 2.2ms
            250000000      | 250ms
            3300000000     | 3.3s
            10000000000    | 10s
            15020000000    | 15.02s
            60000000000    | 1m0s
            90500000000    | 1m30.5s
            160000000000   | 2m40s
            300000000000   | 5m0s
            3600000000000  | 1h0m0s
            18300100000000 | 5h5m0.1s
            -1500000000    | -1.5s
            9223372036854775807  | 2562047h47m16.854775807s
            -9223372036854775808 | -2562047h47m16.854775808s
            """)
    void writes(long nanos, String text) {
        assertEquals(text, GoDurations.text(Duration.ofNanos(nanos)));
        assertEquals(Duration.ofNanos(nanos), GoDurations.parse(text));
    }
}
