package io.gantry.apiserver.stores;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// A plain client of an API server.
final class Api implements AutoCloseable {
    private final HttpClient client = HttpClient.newHttpClient();
    private final int port;

    Api(int port) {
        this.port = port;
    }

    HttpResponse<String> send(String method, String path, String body) throws IOException, InterruptedException {
        String type = method.equals("PATCH") ? "application/merge-patch+json" : "application/json";
        return client.send(
                HttpRequest.newBuilder(uri(path))
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .header("content-type", type)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    JsonNode call(int expected, String method, String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> response = send(method, path, body);
        assertEquals(expected, response.statusCode(), method + " " + path + ": " + response.body());
        return Json.MAPPER.readTree(response.body());
    }

    JsonNode get(int expected, String path) throws IOException, InterruptedException {
        return call(expected, "GET", path, "");
    }

    /// A watch that was answered with 200.
    Stream watch(String path) throws IOException, InterruptedException {
        HttpResponse<InputStream> response =
                client.send(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofInputStream());
        assertEquals(200, response.statusCode(), path);
        return new Stream(new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8)));
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    /// Events, one after the other.
    record Stream(BufferedReader lines) implements AutoCloseable {
        /// Empty at the end of the watch.
        Optional<JsonNode> next() {
            try {
                return Optional.ofNullable(lines.readLine()).map(Json.MAPPER::readTree);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /// The next event as `TYPE name`, bookmarks as `BOOKMARK`.
        String event() {
            JsonNode event = next().orElseThrow();
            String name = event.path("object").path("metadata").path("name").asString("");
            return (event.path("type").asString() + " " + name).strip();
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }
}
