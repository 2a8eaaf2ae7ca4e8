package io.gantry.api.events.v1.event;

import io.gantry.api.kind.Column;
import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.kind.KindRules;
import io.gantry.api.printer.EventColumns;
import java.util.List;

/// Declares the `Event` kind of `events.k8s.io/v1` to the API server and to clients.
public final class EventKind implements KindDefinition<Event> {
    public static final Kind<Event> KIND =
            new Kind<>(Event.class, "events.k8s.io", "v1", "Event", "events", true, List.of("ev"), List.of());

    @Override
    public Kind<Event> kind() {
        return KIND;
    }

    @Override
    public KindRules<Event> rules() {
        return new EventRules();
    }

    @Override
    public List<Column> columns() {
        return EventColumns.events();
    }
}
