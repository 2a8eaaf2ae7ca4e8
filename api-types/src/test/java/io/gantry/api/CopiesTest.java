package io.gantry.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CopiesTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 12, 13, 40})
    void aMapsCopyIsTheSameMapInTheSameOrder(int size) {
        Map<String, String> source = new LinkedHashMap<>();
        for (int i = size; i > 0; i--) {
            source.put("key-" + i, "value-" + i);
        }

        Map<String, String> copy = Copies.map(source);

        assertEquals(source, copy);
        assertEquals(copy, source);
        assertEquals(source.hashCode(), copy.hashCode());
        assertEquals(List.copyOf(source.keySet()), new ArrayList<>(copy.keySet()));
        assertEquals(List.copyOf(source.values()), new ArrayList<>(copy.values()));
        assertEquals(Json.MAPPER.writeValueAsString(source), Json.MAPPER.writeValueAsString(copy));
        assertEquals(size > 0, copy.containsKey("key-1"));
        assertNull(copy.get("absent"));
        assertThrows(UnsupportedOperationException.class, () -> copy.put("a", "b"));
        source.put("later", "x");
        assertFalse(copy.containsKey("later"));
    }

    @Test
    void aListsCopyIsTheSameList() {
        List<String> source = new ArrayList<>(Arrays.asList("b", null, "a"));

        List<String> copy = Copies.list(source);

        assertEquals(source, copy);
        assertEquals(copy, source);
        assertEquals(source.hashCode(), copy.hashCode());
        assertEquals(1, copy.indexOf(null));
        assertTrue(copy.contains("a"));
        assertEquals(source, Arrays.asList(copy.toArray(new String[0])));
        assertThrows(UnsupportedOperationException.class, () -> copy.add("c"));
        source.clear();
        assertEquals(3, copy.size());
    }

    @Test
    void aCopyOfACopyIsItself() {
        List<String> list = Copies.list(List.of("a", "b", "c"));
        Map<String, String> map = Copies.map(Map.of("a", "b"));

        assertSame(list, Copies.list(list));
        assertSame(map, Copies.map(map));
    }
}
