package io.gantry.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gantry.api.StatusException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTest {
    private static Optional<Request> read(String text) throws IOException {
        return Request.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    @Test
    void aRequestIsReadWhole() throws IOException {
        Request request = read("POST /api/v1/pods?a=b&c HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabcd")
                .orElseThrow();

        assertEquals("POST", request.method());
        assertEquals("/api/v1/pods", request.path());
        assertEquals("a=b&c", request.query());
        assertEquals("/api/v1/pods?a=b&c", request.target());
        assertEquals("x", request.header("host"));
        assertEquals("abc", new String(request.body(), StandardCharsets.US_ASCII));
    }

    @Test
    void aBrowserMayGoBeforeItAsks() throws IOException {
        assertEquals(Optional.empty(), read(""));
        assertEquals(Optional.empty(), read("GET / HTTP/1.1\r\nHost: x\r\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.0\r\n\r\n",
                "GET http://x/ HTTP/1.1\r\n\r\n",
                "GET  / HTTP/1.1\r\n\r\n",
                "GET /\u00e4 HTTP/1.1\r\n\r\n",
                "GET /\n HTTP/1.1\r\n\r\n",
                "\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nhost: b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost : a\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n",
                "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
                "POST / HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n"
            })
    void whatABrowserDoesNotSendIsRefused(String text) {
        assertThrows(StatusException.class, () -> read(text));
    }

    @Test
    void aHeadHasALimit() {
        assertThrows(StatusException.class, () -> read("GET / HTTP/1.1\r\nX: " + "y".repeat(40_000) + "\r\n\r\n"));
    }
}
