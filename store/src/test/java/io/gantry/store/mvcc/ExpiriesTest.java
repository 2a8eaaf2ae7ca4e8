package io.gantry.store.mvcc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// What is remembered of keys with a time to live.
class ExpiriesTest {
    private final Expiries expiries = new Expiries();
    private long revision = 1;

    private void write(String key, long atMillis) {
        revision++;
        expiries.add(key, new Version(revision, revision, false, atMillis));
    }

    private void delete(String key) {
        revision++;
        expiries.add(key, new Version(revision, revision, true, 0));
    }

    private List<String> due(long nowMillis) {
        return expiries.take(nowMillis, Integer.MAX_VALUE).stream()
                .map(due -> due.key() + "@" + due.modRevision())
                .toList();
    }

    @Test
    void keysComeInTheOrderOfTheirTimes() {
        write("/late", 30);
        write("/soon", 10);
        write("/never", 0);
        assertEquals(OptionalLong.of(10), expiries.next());
        assertEquals(List.of("/soon@3"), due(29));
        assertEquals(List.of("/late@2"), due(30));
        assertEquals(OptionalLong.empty(), expiries.next());
    }

    @Test
    void aKeyThatIsWrittenAgainAndAgainTakesNoRoom() {
        for (int i = 0; i < 20 * Expiries.FEW; i++) {
            write("/often", 1_000 + i);
        }
        assertTrue(expiries.size() <= Expiries.FEW + 2, "entries: " + expiries.size());
        assertTrue(due(Long.MAX_VALUE).contains("/often@" + revision));
    }

    @Test
    void keysThatAreDeletedTakeNoRoom() {
        write("/kept", 5_000);
        for (int i = 0; i < 20 * Expiries.FEW; i++) {
            write("/" + i, 1_000);
            delete("/" + i);
        }
        assertTrue(expiries.size() <= Expiries.FEW + 2, "entries: " + expiries.size());
        assertTrue(due(Long.MAX_VALUE).contains("/kept@2"));
    }

    /// It is there for good since its second write.
    @Test
    void aKeyThatLosesItsTimeStays() {
        write("/a", 10);
        write("/a", 0);
        for (int i = 0; i < 2 * Expiries.FEW; i++) {
            write("/" + i, 1_000);
            delete("/" + i);
        }
        assertEquals(List.of(), due(10));
    }
}
