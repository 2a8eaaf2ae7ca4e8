package io.gantry.store.mvcc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class OrderedKeysTest {
    private static final int STEPS = 4_000;
    private static final long SEED = 7;

    @Test
    void readsWhatASortedSetHas() {
        TreeSet<String> expected = new TreeSet<>();
        OrderedKeys keys = new OrderedKeys(expected::contains);
        Random random = new Random(SEED);
        for (int i = 0; i < STEPS; i++) {
            String key = "/" + random.nextInt(10) + "/" + random.nextInt(900);
            if (random.nextInt(3) > 0) {
                if (expected.add(key)) {
                    keys.add(key);
                }
            } else if (expected.remove(key)) {
                keys.remove();
            }
            if (i % 50 == 0) {
                String start = "/" + random.nextInt(10);
                String end = start + "/5";
                assertEquals(List.copyOf(expected.subSet(start, end)), living(keys, start, end, expected), "step " + i);
            }
        }
        assertEquals(List.copyOf(expected), living(keys, "", "~", expected));
    }

    private static List<String> living(OrderedKeys keys, String start, String end, TreeSet<String> known) {
        List<String> found = new ArrayList<>();
        keys.forEach(start, end, key -> {
            if (known.contains(key)) {
                found.add(key);
            }
        });
        return found;
    }

    /// Whoever only writes and forgets must not fill the memory.
    @Test
    void asksToBePutInOrderAndDropsWhatIsForgotten() {
        TreeSet<String> there = new TreeSet<>();
        OrderedKeys keys = new OrderedKeys(there::contains);
        int asked = 0;
        for (int i = 0; i < 200_000; i++) {
            if (keys.add("k" + i)) {
                asked++;
                keys.settle();
            }
            if (keys.remove()) {
                asked++;
                keys.settle();
            }
        }
        assertTrue(asked >= 3, "asked " + asked + " times");
        List<String> left = new ArrayList<>();
        keys.forEach("", "~", left::add);
        assertTrue(left.size() < 140_000, left.size() + " of 200000 forgotten keys are left");
    }
}
