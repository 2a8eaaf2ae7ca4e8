package io.gantry.ingress.control;

import io.gantry.api.networking.v1.ingress.Ingress;
import io.gantry.client.ObjectKey;
import io.gantry.client.event.EventSink;
import io.gantry.ingress.route.Notice;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Tells each notice once, as a Warning event, for as long as it is true. Used by one thread.
final class Notices {
    private final Function<ObjectKey, Optional<Ingress>> ingresses;
    private final EventSink events;
    private Set<Told> told = new HashSet<>();

    private record Told(String uid, Notice notice) {}

    Notices(Function<ObjectKey, Optional<Ingress>> ingresses, EventSink events) {
        this.ingresses = ingresses;
        this.events = events;
    }

    /// @param now all that are true now
    void tell(Collection<Notice> now) {
        Set<Told> still = new HashSet<>();
        for (Notice notice : now) {
            ingresses.apply(notice.ingress()).ifPresent(ingress -> {
                Told fresh = new Told(String.valueOf(ingress.metadata().uid()), notice);
                if (still.add(fresh) && !told.contains(fresh)) {
                    events.event(ingress, EventSink.WARNING, notice.reason(), notice.message());
                }
            });
        }
        told = still;
    }
}
