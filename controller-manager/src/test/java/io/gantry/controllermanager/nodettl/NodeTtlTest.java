package io.gantry.controllermanager.nodettl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeTtlTest {
    @Test
    void itGrowsWithTheClusterAndWaversLessThanItsSize() {
        NodeTtl ttl = new NodeTtl();
        List<Integer> seconds = new ArrayList<>();
        for (int nodes : new int[] {1, 100, 101, 95, 89, 500, 501, 460, 3000, 1900, 1700, 0}) {
            seconds.add(ttl.seconds(nodes));
        }
        assertEquals(List.of(0, 0, 15, 15, 0, 15, 30, 30, 300, 300, 60, 0), seconds);
    }
}
