package io.gantry.apiserver.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.apiserver.table.ListHead;
import io.gantry.apiserver.watch.CachedObject;
import io.gantry.apiserver.watch.Description;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// All that is selected is deleted; the answer lists what fits.
final class ChosenTest {
    private static final List<CachedObject> THREE = List.of(object("b/1"), object("b/2"), object("b/3"));

    private record Case(long bytes, int listed, OptionalLong rest) {}

    @Test
    void listsWhatFits() {
        List<Case> cases = List.of(
                new Case(Long.MAX_VALUE, 3, OptionalLong.empty()),
                new Case(300, 3, OptionalLong.empty()),
                new Case(299, 2, OptionalLong.of(1)),
                new Case(0, 0, OptionalLong.of(3)));
        for (Case each : cases) {
            Chosen chosen = Chosen.of(new Reads.Page(THREE, ListHead.of("7")), each.bytes());
            assertEquals("7", chosen.answered().resourceVersion());
            assertEquals(List.of("b/1", "b/2", "b/3"), chosen.keys());
            assertEquals(each.listed(), chosen.listed().size());
            assertEquals(each.rest(), chosen.answered().remaining());
        }
    }

    private static CachedObject object(String key) {
        return new CachedObject(key, new byte[100], 5, Description.Known.NONE);
    }
}
