package io.gantry.api.managedfields;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gantry.api.Json;
import io.gantry.api.decode.UnreadObject;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Sets of fields as sets of paths, and as text.
final class FieldSetTest {
    private static final List<String> ELEMENTS = List.of(
            "f:a", "f:b", "f:c\"d", "k:{\"name\":\"x\\\\y\"}", "k:{\"ip\":\"10.0.0.1\"}", "v:\"t\"", "i:0", "f:\u00e4");

    @Test
    void operationsAreThoseOfTheirPaths() {
        Random random = new Random(11);
        for (int i = 0; i < 2_000; i++) {
            FieldSet left = random(random, 3);
            FieldSet right = random(random, 3);
            Set<String> both = new TreeSet<>(left.paths());
            both.addAll(right.paths());
            assertEquals(both, new TreeSet<>(left.union(right).paths()));
            Set<String> rest = new TreeSet<>(left.paths());
            right.paths().forEach(rest::remove);
            assertEquals(rest, new TreeSet<>(left.difference(right).paths()));
            assertEquals(left, left.union(right).difference(right.difference(left)));
        }
    }

    @Test
    void whatEndsAtAPlaceComesFirst() {
        FieldSet set = FieldSet.fromJson(UnreadObject.of("{\"f:a\":{\".\":{},\"f:b\":{}},\"f:c\":{}}"));
        assertEquals(List.of(".a", ".c", ".a.b"), set.paths());
    }

    @Test
    void textSaysTheSame() {
        Random random = new Random(12);
        for (int i = 0; i < 2_000; i++) {
            FieldSet set = random(random, 3);
            JsonNode json = set.toJson();
            JsonNode tree = Json.MAPPER.readTree(json.deepCopy().toString());
            assertEquals(set, FieldSet.read(tree));
            if (!tree.isEmpty()) {
                assertEquals(set, FieldSet.fromJson(UnreadObject.of(tree.toString())));
            }
        }
    }

    @Test
    void whatDoesNotChangeIsTheSameSet() {
        FieldSet set = FieldSet.fromJson(UnreadObject.of("{\"f:a\":{\"f:b\":{},\"f:c\":{}}}"));
        FieldSet part = FieldSet.fromJson(UnreadObject.of("{\"f:a\":{\"f:b\":{}}}"));
        FieldSet other = FieldSet.fromJson(UnreadObject.of("{\"f:x\":{}}"));
        assertSame(set, set.union(part));
        assertSame(set, set.difference(other));
        assertSame(set, FieldSet.fromJson(UnreadObject.of("{\"f:a\":{\"f:b\":{},\"f:c\":{}}}")));
        assertEquals(List.of(".a.c"), set.difference(part).paths());
        assertEquals(List.of(".a.b", ".a.c"), set.paths());
    }

    @Test
    void aTextThatIsNoSetIsRefused() {
        assertThrows(
                IllegalArgumentException.class, () -> FieldSet.fromJson(UnreadObject.of("{\"f:a\":{\"x:b\":{}}}")));
        assertThrows(IllegalArgumentException.class, () -> FieldSet.fromJson(UnreadObject.of("{\"a\":{}}")));
    }

    private static FieldSet random(Random random, int depth) {
        FieldSet set = new FieldSet();
        for (int i = random.nextInt(4); i > 0; i--) {
            String element = ELEMENTS.get(random.nextInt(ELEMENTS.size()));
            if (random.nextBoolean()) {
                set.insert(element);
            }
            if (depth > 0) {
                set.put(element, random(random, depth - 1));
            }
        }
        return set;
    }
}
