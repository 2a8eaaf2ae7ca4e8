package io.gantry.apiserver.flowcontrol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ShuffleShardingTest {
    private static final long SEED = 20261121;

    @Test
    void aHandHoldsDifferentQueuesOfTheDeck() {
        Random random = new Random(SEED);
        for (int i = 0; i < 10_000; i++) {
            int deck = 1 + random.nextInt(128);
            int hand = 1 + random.nextInt(Math.min(deck, 8));
            int[] cards = ShuffleSharding.deal(random.nextLong(), deck, hand);
            assertEquals(hand, Arrays.stream(cards).distinct().count(), "seed " + SEED);
            assertTrue(Arrays.stream(cards).allMatch(card -> card >= 0 && card < deck), "seed " + SEED);
        }
    }

    @Test
    void theSameFlowGetsTheSameHandAndAllQueuesAreUsed() {
        assertArrayEquals(ShuffleSharding.deal(42, 64, 6), ShuffleSharding.deal(42, 64, 6));
        int[] uses = new int[64];
        Random random = new Random(SEED);
        for (int i = 0; i < 64_000; i++) {
            for (int card : ShuffleSharding.deal(random.nextLong(), 64, 6)) {
                uses[card]++;
            }
        }
        assertTrue(Arrays.stream(uses).allMatch(count -> count > 5_000 && count < 7_000), Arrays.toString(uses));
    }
}
