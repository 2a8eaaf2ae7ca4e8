package io.gantry.kubelet.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForwardedPortsTest {
    @Test
    void severalParametersAndCommas() throws Exception {
        assertEquals(List.of(), ForwardedPorts.of(List.of()));
        assertEquals(List.of(80, 443), ForwardedPorts.of(List.of("80", "443")));
        assertEquals(List.of(1234, 1235, 65535), ForwardedPorts.of(List.of("1234,1235", "65535")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "''|query parameter \"port\" cannot be empty",
                "80,|unable to parse \"\" as a port",
                "http|unable to parse \"http\" as a port",
                "-1|unable to parse \"-1\" as a port",
                "65536|unable to parse \"65536\" as a port",
                "99999999999|unable to parse \"99999999999\" as a port",
                "0|port \"0\" must be > 0"
            })
    void whatIsNoPortIsABadRequest(String parameter, String message) {
        HttpFailure failure = assertThrows(HttpFailure.class, () -> ForwardedPorts.of(List.of(parameter)));
        assertEquals(400, failure.status());
        assertEquals(message, failure.getMessage());
    }
}
