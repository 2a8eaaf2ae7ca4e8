package io.gantry.apiserver.stores;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;

/// Lists once, then watches for ever, on whatever server answers; notes everything that an informer must never see.
final class Follower implements Runnable {
    private final String path;
    private final List<Api> servers;
    private final Map<String, String> versions = new ConcurrentHashMap<>();
    private final List<String> faults = new CopyOnWriteArrayList<>();
    private volatile long seen;
    private volatile boolean stopped;
    private int server;

    /// @param first the index of the server to begin with
    Follower(String path, List<Api> servers, int first) {
        this.path = path;
        this.servers = servers;
        this.server = first;
    }

    /// The first list; before [#run].
    void list() throws IOException, InterruptedException {
        JsonNode list = servers.get(server).get(200, path);
        list.path("items").forEach(item -> versions.put(name(item), version(item)));
        seen = Long.parseLong(version(list));
    }

    @Override
    public void run() {
        while (!stopped) {
            try (Api.Stream events = servers.get(server)
                    .watch(path + "?watch=true&allowWatchBookmarks=true&timeoutSeconds=60&resourceVersion=" + seen)) {
                Optional<JsonNode> event = events.next();
                while (event.isPresent() && !stopped) {
                    apply(event.get());
                    event = events.next();
                }
            } catch (IOException | UncheckedIOException | AssertionError e) {
                server = (server + 1) % servers.size();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void apply(JsonNode event) {
        JsonNode object = event.path("object");
        String type = event.path("type").asString();
        if (type.equals("ERROR")) {
            faults.add("error at " + seen + ": " + object.path("message").asString());
            stopped = true;
            return;
        }
        long revision = Long.parseLong(version(object));
        if (type.equals("BOOKMARK") ? revision < seen : revision <= seen) {
            faults.add(type + " " + name(object) + " at " + revision + " after " + seen);
        }
        boolean known = versions.containsKey(name(object));
        switch (type) {
            case "ADDED" -> note(!known, type, object);
            case "MODIFIED" -> note(known, type, object);
            case "DELETED" -> {
                note(known, type, object);
                versions.remove(name(object));
            }
            default -> {}
        }
        seen = revision;
    }

    private void note(boolean expected, String type, JsonNode object) {
        if (!expected) {
            faults.add(type + " " + name(object) + " does not fit at " + version(object));
        }
        versions.put(name(object), version(object));
    }

    private static String name(JsonNode object) {
        return object.path("metadata").path("name").asString("");
    }

    private static String version(JsonNode object) {
        return object.path("metadata").path("resourceVersion").asString();
    }

    long seen() {
        return seen;
    }

    void stop() {
        stopped = true;
    }

    Map<String, String> versions() {
        return versions;
    }

    List<String> faults() {
        return new ArrayList<>(faults);
    }
}
