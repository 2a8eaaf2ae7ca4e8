package io.gantry.apiserver.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetSocketAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestHeadTest {
    /// The last is a path like any other.
    @ParameterizedTest
    @CsvSource({
        "/api/v1/pods?limit=1, /api/v1/pods, 1",
        "http://127.0.0.1:8001/api/v1/pods?limit=1, /api/v1/pods, 1",
        "https://[::1]/%61pi, /api, ''",
        "https://server, /, ''",
        "ftp://server/version, ftp://server/version, ''"
    })
    void aWholeUrlIsItsPath(String target, String path, String limit) {
        RequestHead head = RequestHead.of("GET", target, Headers.NONE, new InetSocketAddress("127.0.0.1", 1));
        assertEquals(path, head.path());
        assertEquals(limit, head.query().text("limit"));
    }
}
