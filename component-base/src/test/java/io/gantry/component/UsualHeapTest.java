package io.gantry.component;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class UsualHeapTest {
    private final UsualHeap heap = new UsualHeap(300L << 20);

    @Test
    void nothingIsDoneUpToTheUsualSize() {
        assertFalse(heap.isTooLarge(300L << 20));
        assertTrue(heap.isTooLarge(301L << 20));
    }

    @Test
    void aHeapThatHoldsMoreIsLookedAtWhenItHasGrownByAThird() {
        heap.collected(600L << 20);
        assertFalse(heap.isTooLarge(800L << 20));
        assertTrue(heap.isTooLarge(801L << 20));
    }

    @Test
    void oneThatHoldsLessMayGrowToTheUsualSizeAgain() {
        heap.collected(600L << 20);
        heap.collected(30L << 20);
        assertFalse(heap.isTooLarge(300L << 20));
        assertTrue(heap.isTooLarge(301L << 20));
    }
}
