package io.gantry.apiserver.flowcontrol;

/// Deals each flow a hand of queues, so that a flow that fills its own queues is unlikely to share all of another's
/// (upstream `apiserver/pkg/util/shufflesharding`).
final class ShuffleSharding {
    private ShuffleSharding() {}

    /// Different queues for a flow.
    ///
    /// @param deck how many queues there are
    /// @param hand how many of them, at most `deck`
    static int[] deal(long hash, int deck, int hand) {
        int[] cards = new int[hand];
        long rest = hash & Long.MAX_VALUE;
        for (int i = 0; i < hand; i++) {
            int left = deck - i;
            int card = (int) (rest % left);
            rest /= left;
            insert(cards, i, nth(cards, i, card));
        }
        return cards;
    }

    /// The number of the n-th card that was not dealt; `cards` are sorted.
    private static int nth(int[] cards, int count, int n) {
        int card = n;
        for (int i = 0; i < count && cards[i] <= card; i++) {
            card++;
        }
        return card;
    }

    private static void insert(int[] cards, int count, int card) {
        int at = count;
        while (at > 0 && cards[at - 1] > card) {
            cards[at] = cards[at - 1];
            at--;
        }
        cards[at] = card;
    }
}
