package io.gantry.apiserver.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/// The ring gives the objects of every revision that it covers, though it keeps few of them.
class EventRingTest {
    private static final int WRITES = 6000;
    private static final int KEYS = 37;

    private final EventRing ring = new EventRing(10, SortedObjects.EMPTY);
    private final List<List<Long>> shown = new ArrayList<>();
    private SortedObjects objects = SortedObjects.EMPTY;

    private void write(long revision, int size) {
        String key = "b/" + revision * 7 % KEYS;
        Optional<CachedObject> before = Optional.ofNullable(objects.get(key));
        boolean delete = revision % 5 == 0 && before.isPresent();
        CachedObject object =
                new CachedObject(key, new byte[size], revision, new Description.Known(Map.of(), Map.of()));
        CacheEvent event = new CacheEvent(revision, delete ? Optional.empty() : Optional.of(object), before);
        ring.add(event, objects);
        objects = event.after(objects);
    }

    private static List<Long> revisions(SortedObjects objects) {
        return StreamSupport.stream(objects.all().spliterator(), false)
                .map(CachedObject::revision)
                .toList();
    }

    @Test
    void objectsOfEveryRevision() {
        for (int i = 0; i < WRITES; i++) {
            write(11 + i, 10);
            shown.add(revisions(objects));
        }
        assertTrue(ring.start() >= 10L + WRITES - 4096 && ring.start() <= 10L + WRITES - 4096 + 64);
        assertTrue(ring.at(ring.start() - 1).isEmpty());
        for (long revision = ring.start(); revision <= 10 + WRITES; revision++) {
            assertEquals(
                    shown.get((int) revision - 11), revisions(ring.at(revision).orElseThrow()));
        }
        assertEquals(shown.getLast(), revisions(ring.at(1_000_000).orElseThrow()));
    }

    @Test
    void largeObjectsLeaveEarlier() {
        for (int i = 0; i < 1000; i++) {
            write(11 + i, 100_000);
        }
        int kept = ring.after(ring.start()).size();
        assertTrue(kept >= 64 && kept <= 128 + 64);
        assertEquals(ring.start() + 1, ring.after(ring.start()).getFirst().revision());
    }

    /// A store may give several events of one revision: they stay together.
    @Test
    void eventsOfOneRevisionStayTogether() {
        for (int i = 0; i < WRITES; i++) {
            write(11 + i / 3, 10);
        }
        List<CacheEvent> kept = ring.after(ring.start());
        assertEquals(3 * (10 + WRITES / 3 - ring.start()), kept.size());
        assertEquals(revisions(objects), revisions(ring.at(10 + WRITES / 3).orElseThrow()));
    }
}
