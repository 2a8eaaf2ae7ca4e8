package io.gantry.dashboard;

import io.gantry.api.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/// A real browser without a window (Chromium), driven through its DevTools protocol.
final class Browser implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String BEGIN = "DevTools listening on ";

    private final HttpClient client =
            HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).build();
    private final AtomicInteger number = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final Path profile = Files.createTempDirectory("gantry-browser");
    private final Process process;
    private final WebSocket socket;
    private final String session;

    Browser() throws IOException {
        process = new ProcessBuilder(
                        "chromium",
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--no-proxy-server",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        socket = client.newWebSocketBuilder()
                .buildAsync(URI.create(address()), new Listener())
                .join();
        String target = call("", "Target.createTarget", Map.of("url", "about:blank"))
                .path("targetId")
                .asString();
        session = call("", "Target.attachToTarget", Map.of("targetId", target, "flatten", true))
                .path("sessionId")
                .asString();
        for (String domain : List.of("Page", "Runtime", "Log")) {
            call(session, domain + ".enable", Map.of());
        }
    }

    private String address() throws IOException {
        BufferedReader errors = process.errorReader(StandardCharsets.UTF_8);
        for (String line = errors.readLine(); line != null; line = errors.readLine()) {
            if (line.startsWith(BEGIN)) {
                Thread.startVirtualThread(() -> errors.lines().forEach(more -> {}));
                return line.substring(BEGIN.length());
            }
        }
        throw new IOException("chromium did not start");
    }

    private JsonNode call(String session, String method, Map<String, ?> parameters) {
        int id = number.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        answers.put(id, answer);
        Map<String, Object> message = new LinkedHashMap<>(Map.of("id", id, "method", method, "params", parameters));
        if (!session.isEmpty()) {
            message.put("sessionId", session);
        }
        socket.sendText(Json.MAPPER.writeValueAsString(message), true).join();
        return answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    private void take(JsonNode message) {
        if (message.has("id")) {
            answers.remove(message.path("id").asInt()).complete(message.path("result"));
            return;
        }
        String method = message.path("method").asString("");
        boolean logged = method.equals("Log.entryAdded")
                && message.path("params")
                        .path("entry")
                        .path("level")
                        .asString("")
                        .equals("error");
        if (method.equals("Runtime.exceptionThrown") || logged) {
            complaints.add(message.path("params").toString());
        }
    }

    /// Exceptions, violations of the policy and failed requests since the last look.
    List<String> complaints() {
        List<String> found = List.copyOf(complaints);
        complaints.clear();
        return found;
    }

    void open(String url) {
        call(session, "Page.navigate", Map.of("url", url));
    }

    void size(int width, int height) {
        call(
                session,
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 800));
    }

    /// The value of an expression; what it promises, if it does.
    JsonNode evaluate(String expression) {
        JsonNode result = call(
                session,
                "Runtime.evaluate",
                Map.of("expression", expression, "awaitPromise", true, "returnByValue", true));
        if (result.has("exceptionDetails")) {
            throw new AssertionError(expression + ": " + result.path("exceptionDetails"));
        }
        return result.path("result").path("value");
    }

    /// Waits until an expression is true.
    void await(String expression) {
        Awaitility.await(expression)
                .atMost(PATIENCE)
                .until(() -> evaluate("Boolean(" + expression + ")").asBoolean());
    }

    /// Waits until a text is in sight.
    void awaitText(String text) {
        await("document.body && document.body.innerText.includes(" + Json.MAPPER.writeValueAsString(text) + ")");
    }

    /// Clicks the link or button with a text.
    void click(String text) {
        String found =
                "[...document.querySelectorAll('button, a')].filter(e => e.offsetParent && e.textContent.trim() === "
                        + Json.MAPPER.writeValueAsString(text) + ").at(-1)";
        await(found);
        evaluate(found + ".click()");
    }

    /// Types into the field with a label, as a user who then leaves it.
    void type(String label, String text) {
        String found = "[...document.querySelectorAll('input, textarea')].find(e => (e.ariaLabel ?? '') === "
                + Json.MAPPER.writeValueAsString(label) + ")";
        await(found);
        evaluate("(() => { const field = " + found + "; field.value = " + Json.MAPPER.writeValueAsString(text)
                + "; field.dispatchEvent(new Event('input')); field.dispatchEvent(new Event('change')); })()");
    }

    /// Presses a key where the focus is.
    void press(String key, int code) {
        for (String type : List.of("keyDown", "keyUp")) {
            call(
                    session,
                    "Input.dispatchKeyEvent",
                    Map.of("type", type, "key", key, "code", key, "windowsVirtualKeyCode", code));
        }
    }

    /// Types text where the focus is.
    void insert(String text) {
        call(session, "Input.insertText", Map.of("text", text));
    }

    /// A picture of the page, for people.
    void picture(Path file) throws IOException {
        String data = call(session, "Page.captureScreenshot", Map.of("format", "png"))
                .path("data")
                .asString();
        Files.write(file, Base64.getDecoder().decode(data));
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletableFuture<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                take(Json.MAPPER.readTree(text.toString()));
                text.setLength(0);
            }
            socket.request(1);
            return CompletableFuture.completedFuture(null);
        }
    }

    @Override
    public void close() throws IOException {
        socket.abort();
        client.shutdownNow();
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(handle -> handle.onExit().join());
        try (Stream<Path> files = Files.walk(profile)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
