package io.gantry.client.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.core.v1.endpoints.ObjectReference;
import io.gantry.api.core.v1.endpoints.ObjectReferenceBuilder;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventCorrelatorTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final ObjectReference POD =
            ObjectReferenceBuilder.builder().namespace("ns").name("p").build();

    private final EventCorrelator correlator = new EventCorrelator();

    private Optional<EventCorrelator.Decision> tell(String message, Instant at) {
        Optional<EventCorrelator.Decision> decision =
                correlator.decide(new EventCorrelator.Fact(POD, "Normal", "Did", message), at);
        decision.ifPresent(d -> correlator.written(d, d.previous().isEmpty() ? "event-" + message : d.previous()));
        return decision;
    }

    @Test
    void theSameEventCountsUp() {
        assertEquals("", tell("x", NOW).orElseThrow().previous());
        EventCorrelator.Decision second = tell("x", NOW.plusSeconds(5)).orElseThrow();
        assertEquals("event-x", second.previous());
        assertEquals(2, second.count());
        assertEquals(NOW, second.first());
    }

    @Test
    void manySimilarOnesAreCombined() {
        for (int i = 0; i < 9; i++) {
            assertEquals("m" + i, tell("m" + i, NOW).orElseThrow().fact().message());
        }
        assertEquals(
                "(combined from similar events): m9",
                tell("m9", NOW).orElseThrow().fact().message());
        assertEquals(2, tell("m10", NOW).orElseThrow().count());
    }

    @Test
    void spamIsNotHeardUntilTheBucketRefills() {
        for (int i = 0; i < 25; i++) {
            assertTrue(tell("x", NOW).isPresent());
        }
        assertTrue(tell("x", NOW).isEmpty());
        assertTrue(tell("x", NOW.plusSeconds(299)).isEmpty());
        assertTrue(tell("x", NOW.plusSeconds(301)).isPresent());
    }
}
