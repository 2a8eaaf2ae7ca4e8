package io.gantry.apiserver.endpoint;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.apiserver.watch.CachedObject;
import io.gantry.apiserver.watch.Description;
import io.gantry.apiserver.watch.Selection;
import io.gantry.store.Store;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import tools.jackson.databind.node.ObjectNode;

/// `componentstatuses`: asked of the components when somebody reads them, kept nowhere (upstream
/// `pkg/registry/core/componentstatus`). The scheduler and the controller manager are looked for on this machine.
/// Thread-safe.
final class ComponentStatuses implements Computed {
    static final String WARNING = "v1 ComponentStatus is deprecated in v1.19+";
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int LONGEST_MESSAGE = 1024;
    private static final URI SCHEDULER = URI.create("http://127.0.0.1:10259/healthz");
    private static final URI CONTROLLER_MANAGER = URI.create("http://127.0.0.1:10257/healthz");

    private final Store store;

    ComponentStatuses(Store store) {
        this.store = store;
    }

    @Override
    public CachedObject get(String namespace, String name) {
        return list(Selection.all()).stream()
                .filter(status -> status.name().equals(name))
                .findFirst()
                .orElseThrow(() -> StatusException.notFound("", "componentstatuses", name));
    }

    @Override
    public List<CachedObject> list(Selection selection) {
        return List.of(
                status("controller-manager", () -> probe(CONTROLLER_MANAGER)),
                status("etcd-0", this::storeAnswers),
                status("scheduler", () -> probe(SCHEDULER)));
    }

    private String storeAnswers() {
        store.checkWritable();
        return "ok";
    }

    private static CachedObject status(String name, Callable<String> probe) {
        ObjectNode status =
                Json.MAPPER.createObjectNode().put("kind", "ComponentStatus").put("apiVersion", "v1");
        status.putObject("metadata").put("name", name);
        ObjectNode condition = status.putArray("conditions").addObject().put("type", "Healthy");
        try {
            condition.put("status", "True").put("message", probe.call());
        } catch (Exception e) {
            condition.put("status", "False").put("message", String.valueOf(e.getMessage()));
        }
        return new CachedObject(
                name,
                Json.MAPPER.writeValueAsBytes(status),
                0,
                new Description.Known(Map.of(), Map.of("metadata.name", name)));
    }

    private static String probe(URI health) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) health.toURL().openConnection();
        connection.setConnectTimeout((int) PATIENCE.toMillis());
        connection.setReadTimeout((int) PATIENCE.toMillis());
        if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
            throw new IOException("HTTP probe failed with statuscode: " + connection.getResponseCode());
        }
        try (InputStream body = connection.getInputStream()) {
            return new String(body.readNBytes(LONGEST_MESSAGE), StandardCharsets.UTF_8).strip();
        }
    }
}
