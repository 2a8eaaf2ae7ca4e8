package io.gantry.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

class HealthServerTest {
    private static final int LINES = 50_000;

    @Test
    void aLongPageIsSentWhileItIsWritten() throws IOException, InterruptedException {
        try (HealthServer server = HealthServer.start("127.0.0.1:0", List.of(), new Metrics());
                HttpClient client = HttpClient.newBuilder()
                        .proxy(HttpClient.Builder.NO_PROXY)
                        .build()) {
            server.stream("/metrics/long", out -> {
                for (int i = 0; i < LINES; i++) {
                    out.append("a_metric{n=\"").append(Integer.toString(i)).append("\"} 1\n");
                }
            });
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/metrics/long"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertEquals(LINES, answer.body().lines().count());
            assertTrue(answer.headers().firstValue("Content-Length").isEmpty());
            assertEquals(
                    "text/plain; version=0.0.4; charset=utf-8",
                    answer.headers().firstValue("Content-Type").orElse(""));
        }
    }
}
