package io.gantry.kubelet.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What answers mean, with a real server.
class HttpProbeTest {
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answer("/ok", 200, "", false);
        answer("/bad", 503, "", false);
        answer("/here", 302, "/ok", false);
        answer("/round", 302, "/round", false);
        answer("/away", 302, "http://0.0.0.0/", false);
        answer("/away/chunked", 307, "http://0.0.0.0/", true);
        answer("/nowhere", 301, "", false);
        answer("/same", 304, "/ok", false);
        server.start();
    }

    private void answer(String path, int status, String location, boolean chunked) {
        byte[] body = ("at " + path).getBytes(StandardCharsets.UTF_8);
        server.createContext(path, exchange -> {
            if (!location.isEmpty()) {
                exchange.getResponseHeaders().add("Location", location);
            }
            boolean empty = status == 304;
            exchange.sendResponseHeaders(status, empty ? -1 : chunked ? 0 : body.length);
            if (!empty) {
                try (OutputStream out = exchange.getResponseBody()) {
                    out.write(body);
                }
            }
            exchange.close();
        });
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private URI url(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private Check.Outcome probe(String path) {
        return HttpProbe.of(new HttpProbe.Target(url(path), Map.of()), Duration.ofSeconds(10))
                .run();
    }

    @ParameterizedTest
    @CsvSource({
        "/ok,true,''",
        "/here,true,''",
        "/bad,false,HTTP probe failed with statuscode: 503",
        "/away,true,'Probe terminated redirects, Response body: at /away'",
        "/away/chunked,true,'Probe terminated redirects, Response body: at /away/chunked'",
        "/nowhere,true,'Probe terminated redirects, Response body: at /nowhere'",
        "/same,true,'Probe terminated redirects, Response body: '",
    })
    void answers(String path, boolean succeeded, String message) {
        assertEquals(new Check.Outcome(succeeded, message), probe(path));
    }

    @Test
    void redirectsEnd() {
        assertEquals(
                Check.Outcome.failure("Get \"" + url("/round") + "\": stopped after 10 redirects"), probe("/round"));
    }

    /// Upstream's `runHTTPHandler` looks at no status.
    @Test
    void aHookIsDoneWhateverIsAnswered() {
        for (String path : List.of("/ok", "/bad", "/here", "/away", "/nowhere", "/same")) {
            assertEquals(Check.Outcome.SUCCESS, hook(path), path);
        }
        assertFalse(hook("/round").succeeded());
        server.stop(0);
        assertFalse(hook("/ok").succeeded());
    }

    private Check.Outcome hook(String path) {
        return HttpProbe.hook(new HttpProbe.Target(url(path), Map.of()), Duration.ofSeconds(10));
    }
}
