package io.gantry.apiserver.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class SortedObjectsTest {
    private static final long SEED = 20261121;

    private static CachedObject object(String key, int group) {
        return new CachedObject(
                key,
                new byte[0],
                1,
                new Description.Known(Map.of("group", "g" + group), Map.of("spec.nodeName", "node-" + group)));
    }

    @Test
    void aRangeWithDemandsLeavesOutNothingThatMeetsThem() {
        Random random = new Random(SEED);
        SortedObjects objects = SortedObjects.EMPTY;
        Map<String, CachedObject> expected = new TreeMap<>();
        for (int i = 0; i < 20_000; i++) {
            String key = "ns" + random.nextInt(3) + "/object-" + random.nextInt(6_000);
            if (random.nextInt(4) == 0) {
                objects = objects.without(key);
                expected.remove(key);
            } else {
                CachedObject made = object(key, random.nextInt(2_000));
                objects = objects.with(made);
                expected.put(key, made);
            }
        }
        assertEquals(expected.size(), objects.size());
        for (String prefix : List.of("", "ns0/", "ns1/", "ns2/", "ns3/")) {
            for (int group = 0; group < 2_010; group += 67) {
                for (Demand demand : List.of(
                        new Demand(true, "group", List.of("g" + group, "nobody")),
                        new Demand(false, "spec.nodeName", List.of("node-" + group)))) {
                    List<CachedObject> found = new ArrayList<>();
                    for (CachedObject object : objects.range("", prefix, List.of(demand))) {
                        assertTrue(object.key().startsWith(prefix), "seed " + SEED);
                        if (object.labels().get("group").equals("g" + group)) {
                            found.add(object);
                        }
                    }
                    String wanted = "g" + group;
                    assertEquals(
                            expected.values().stream()
                                    .filter(o -> o.key().startsWith(prefix)
                                            && o.labels().get("group").equals(wanted))
                                    .toList(),
                            found,
                            "seed " + SEED);
                }
            }
        }
    }

    @Test
    void aRangeWithDemandsThatNobodyMeetsLooksAtFewObjects() {
        SortedObjects objects = SortedObjects.EMPTY;
        for (int i = 0; i < 10_000; i++) {
            objects = objects.with(object("ns/object-%05d".formatted(i), i % 50));
        }
        int seen = 0;
        for (CachedObject ignored : objects.range("", "", List.of(new Demand(true, "group", List.of("nobody"))))) {
            seen++;
        }
        assertTrue(seen < 1_000, "looked at " + seen);
    }

    @Test
    void aCountIsThatOfTheRange() {
        Random random = new Random(SEED);
        SortedObjects objects = SortedObjects.EMPTY;
        assertEquals(0, objects.count("", ""));
        for (int i = 0; i < 3_000; i++) {
            objects = objects.with(object("ns" + random.nextInt(4) + "/object-" + random.nextInt(2_000), 1));
        }
        for (String prefix : List.of("", "ns0/", "ns2/", "ns3/", "ns9/", "a")) {
            for (String start : List.of("", prefix, prefix + "object-1", prefix + "object-500", prefix + "z")) {
                int expected = 0;
                for (CachedObject each : objects.range(start, prefix)) {
                    expected += each.key().isEmpty() ? 0 : 1;
                }
                assertEquals(expected, objects.count(start, prefix), prefix + " from " + start);
            }
        }
    }
}
