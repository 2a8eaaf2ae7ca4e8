package io.gantry.ingress.control;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.KubernetesObject;
import io.gantry.api.core.v1.endpoints.ObjectReference;
import io.gantry.client.ObjectKey;
import io.gantry.client.event.EventSink;
import io.gantry.ingress.route.Notice;
import io.gantry.ingress.route.Objects;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class NoticesTest {
    private static final ObjectKey A = new ObjectKey("default", "a");

    private static final class Collected implements EventSink {
        private final List<String> messages = new ArrayList<>();

        @Override
        public void event(KubernetesObject regarding, String type, String reason, String message) {
            messages.add(type + " " + reason + " " + message);
        }

        @Override
        public void event(ObjectReference regarding, String type, String reason, String message) {
            throw new AssertionError("by reference");
        }
    }

    @Test
    void eachIsToldOnceForAsLongAsItIsTrue() {
        Collected events = new Collected();
        Notices notices = new Notices(
                key -> key.equals(A)
                        ? Optional.of(Objects.ingress("a", "2026-01-01T00:00:00Z", "", "a.test", "Prefix / web:80"))
                        : Optional.empty(),
                events);
        Notice one = new Notice(A, "One", "1");
        notices.tell(List.of(one, new Notice(new ObjectKey("default", "gone"), "One", "1")));
        notices.tell(List.of(one, one, new Notice(A, "Two", "2")));
        assertEquals(List.of("Warning One 1", "Warning Two 2"), events.messages);
        notices.tell(List.of());
        notices.tell(List.of(one));
        assertEquals(3, events.messages.size());
    }
}
