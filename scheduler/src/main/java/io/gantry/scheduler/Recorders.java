package io.gantry.scheduler;

import io.gantry.client.ApiClient;
import io.gantry.client.event.EventRecorder;
import io.gantry.client.event.EventSink;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// An event recorder for each profile, since events name who decided. Thread-safe.
final class Recorders implements AutoCloseable {
    private final ApiClient client;
    private final Map<String, EventRecorder> byProfile = new ConcurrentHashMap<>();

    Recorders(ApiClient client) {
        this.client = client;
    }

    EventSink of(String profile) {
        return byProfile.computeIfAbsent(profile, name -> new EventRecorder(client, name));
    }

    @Override
    public void close() {
        byProfile.values().forEach(EventRecorder::close);
    }
}
