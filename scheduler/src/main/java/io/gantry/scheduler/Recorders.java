package io.gantry.scheduler;

import io.gantry.client.ApiClient;
import io.gantry.client.event.EventRecorder;
import io.gantry.client.event.EventSink;
import io.gantry.component.HostName;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An event recorder for each profile, since events name who decided. Thread-safe.
final class Recorders implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Recorders.class);

    private final ApiClient client;
    private final String host = host();
    private final Map<String, EventRecorder> byProfile = new ConcurrentHashMap<>();

    Recorders(ApiClient client) {
        this.client = client;
    }

    EventSink of(String profile) {
        return byProfile.computeIfAbsent(profile, name -> EventRecorder.ofSeries(client, name, name + "-" + host));
    }

    private static String host() {
        try {
            return HostName.read();
        } catch (IOException e) {
            LOG.debug("this machine has no name: {}", e.getMessage());
            return "localhost";
        }
    }

    @Override
    public void close() {
        byProfile.values().forEach(EventRecorder::close);
    }
}
