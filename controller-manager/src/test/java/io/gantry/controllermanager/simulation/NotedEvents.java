package io.gantry.controllermanager.simulation;

import io.gantry.api.KubernetesObject;
import io.gantry.api.core.v1.endpoints.ObjectReference;
import io.gantry.client.event.EventSink;
import java.util.ArrayList;
import java.util.List;

/// What processes tell users, in order.
final class NotedEvents {
    /// @param about the object's name
    record Event(String component, String about, String reason, String message) {}

    private final List<Event> events = new ArrayList<>();

    List<Event> all() {
        return events;
    }

    EventSink of(String component) {
        return new EventSink() {
            @Override
            public void event(KubernetesObject regarding, String type, String reason, String message) {
                events.add(
                        new Event(component, String.valueOf(regarding.metadata().name()), reason, message));
            }

            @Override
            public void event(ObjectReference regarding, String type, String reason, String message) {
                events.add(new Event(component, String.valueOf(regarding.name()), reason, message));
            }
        };
    }
}
