package io.gantry.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gantry.component.Flags;
import io.gantry.store.memory.MemoryStore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What pages of other origins may see of a server with upstream's flags for them.
class BrowserHandlerTest {
    private static final String ORIGIN = "https://ui.example.com";
    private static final String ALLOW = "access-control-allow-";

    private final MemoryStore store = new MemoryStore();
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        client.close();
        store.close();
    }

    private ApiServer server(String... flags) throws IOException {
        BrowserFlags browsers = BrowserFlags.parse(Flags.parse(flags));
        return ApiServer.start(
                ServerConfig.local(store).with(ServerConfig.Options.NONE.withBrowsers(browsers)),
                objects -> Security.none());
    }

    private HttpResponse<String> send(ApiServer server, String method, String path, String... headers)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.address().getPort() + path))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static Optional<String> allowed(HttpHeaders headers, String what) {
        return headers.firstValue(ALLOW + what);
    }

    @Test
    void aPageOfAnAllowedOriginMayAskAndSeeTheAnswer() throws Exception {
        try (ApiServer server = server("--cors-allowed-origins=//ui\\.example\\.com(:|$),^http://localhost(:|$)")) {
            HttpResponse<String> before = send(server, "OPTIONS", "/api/v1/pods", "origin", ORIGIN);
            assertEquals(204, before.statusCode());
            assertEquals("", before.body());
            assertEquals(Optional.of("POST, GET, OPTIONS, PUT, DELETE, PATCH"), allowed(before.headers(), "methods"));
            assertEquals(
                    Optional.of("Content-Type, Content-Length, Accept-Encoding, X-CSRF-Token, Authorization,"
                            + " X-Requested-With, If-Modified-Since"),
                    allowed(before.headers(), "headers"));
            for (String path : new String[] {"/version", "/api/v1/pods", "/api/v1/namespaces/nowhere", "/nothing"}) {
                HttpHeaders told = send(server, "GET", path, "origin", ORIGIN).headers();
                assertEquals(Optional.of(ORIGIN), allowed(told, "origin"), path);
                assertEquals(Optional.of("true"), allowed(told, "credentials"), path);
                assertEquals(Optional.of("Date"), told.firstValue("access-control-expose-headers"), path);
            }
        }
    }

    @Test
    void othersAreToldNothing() throws Exception {
        try (ApiServer server = server("--cors-allowed-origins=//ui\\.example\\.com(:|$)")) {
            assertEquals(405, send(server, "OPTIONS", "/api/v1/pods").statusCode());
            for (String origin : new String[] {"https://ui.example.com.evil.org", "https://ui-example.com", "null"}) {
                HttpResponse<String> answer = send(server, "GET", "/version", "origin", origin);
                assertEquals(200, answer.statusCode());
                assertEquals(Optional.empty(), allowed(answer.headers(), "origin"), origin);
            }
        }
    }

    @Test
    void everyAnswerSaysThatTheServerIsAskedOverTls() throws Exception {
        try (ApiServer server = server("--strict-transport-security-directives=max-age=31536000,includeSubDomains")) {
            for (String path : new String[] {"/version", "/api/v1/namespaces/nowhere"}) {
                assertEquals(
                        Optional.of("max-age=31536000; includeSubDomains"),
                        send(server, "GET", path).headers().firstValue("strict-transport-security"));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--cors-allowed-origins=",
                "--cors-allowed-origins=example.com",
                "--cors-allowed-origins=//example.com",
                "--cors-allowed-origins=//example.com(:|$),",
                "--cors-allowed-origins=^example(:$",
                "--strict-transport-security-directives=max-age",
                "--strict-transport-security-directives=max-age=1=2",
                "--strict-transport-security-directives=includesubdomains"
            })
    void whatUpstreamRefusesIsRefused(String flag) {
        assertThrows(IllegalArgumentException.class, () -> BrowserFlags.parse(Flags.parse(flag)));
    }

    @ParameterizedTest
    @CsvSource({"--cors-allowed-origins=^.*$, 1", "--cors-allowed-origins=//a(:|$), 1"})
    void expressionsThatSayWhereTheHostEndsAreTaken(String flag, int count) {
        assertEquals(count, BrowserFlags.parse(Flags.parse(flag)).origins().size());
    }
}
