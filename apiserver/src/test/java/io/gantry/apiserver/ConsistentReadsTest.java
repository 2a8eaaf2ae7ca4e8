package io.gantry.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// A read without a resourceVersion sees every write that was answered before it, though it comes from the cache and
/// over another connection.
class ConsistentReadsTest {
    private static final int WRITERS = 8;
    private static final int WRITES = 100;
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";

    @Test
    void whatWasAnsweredIsReadEverywhere() throws Exception {
        try (LocalServer server = new LocalServer();
                HttpClient reader = HttpClient.newHttpClient();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Integer>> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                String name = "map-" + i;
                writers.add(() -> writeAndRead(server, reader, name));
            }
            for (Future<Integer> writer : threads.invokeAll(writers)) {
                assertEquals(WRITES, writer.get());
            }
        }
    }

    private static int writeAndRead(LocalServer server, HttpClient reader, String name) throws Exception {
        server.json(201, "POST", MAPS, "{\"metadata\":{\"name\":\"" + name + "\"}}");
        int seen = 0;
        for (int i = 0; i < WRITES; i++) {
            String written = server.patch(200, MAPS + "/" + name, "{\"data\":{\"n\":\"" + i + "\"}}")
                    .path("metadata")
                    .path("resourceVersion")
                    .asString();
            HttpResponse<String> read = reader.send(
                    HttpRequest.newBuilder(server.uri(MAPS + "/" + name)).build(),
                    HttpResponse.BodyHandlers.ofString());
            seen += read.body().contains("\"resourceVersion\":\"" + written + "\"") ? 1 : 0;
        }
        server.json(200, "DELETE", MAPS + "/" + name, "");
        HttpResponse<String> gone = reader.send(
                HttpRequest.newBuilder(server.uri(MAPS + "/" + name)).build(), HttpResponse.BodyHandlers.ofString());
        assertEquals(404, gone.statusCode());
        return seen;
    }
}
