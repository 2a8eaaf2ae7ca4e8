package io.gantry.scheduler.framework;

/// Arithmetic on arrays of scores.
public final class Scores {
    private Scores() {}

    /// Scales to 0..100 by the greatest value; all zero stays zero (or becomes 100 when reversed). In place.
    public static long[] normalize(long[] scores, boolean reverse) {
        long max = 0;
        for (long score : scores) {
            max = Math.max(max, score);
        }
        for (int i = 0; i < scores.length; i++) {
            long scaled = max == 0 ? 0 : scores[i] * ScorePlugin.MAX_SCORE / max;
            scores[i] = reverse ? ScorePlugin.MAX_SCORE - scaled : scaled;
        }
        return scores;
    }
}
