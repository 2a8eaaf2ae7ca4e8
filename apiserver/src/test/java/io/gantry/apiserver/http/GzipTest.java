package io.gantry.apiserver.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who gets compressed answers.
class GzipTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gzip|true",
                "GZIP|true",
                "deflate, gzip|true",
                "gzip;q=0.5|true",
                "gzip;q=0|false",
                "gzip; q=0.000|false",
                "x-gzip|false",
                "identity|false",
                "''|false"
            })
    void onlyWhoAsks(String header, boolean accepted) {
        assertEquals(accepted, Gzip.accepted(header));
    }
}
