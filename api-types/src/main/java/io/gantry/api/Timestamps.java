package io.gantry.api;

import java.time.Instant;

/// Times as objects have them: whole seconds, in UTC.
public final class Timestamps {
    /// What was asked for last: thousands of writes may come in a second.
    private static volatile Known last = new Known(0, Instant.EPOCH.toString());

    private record Known(long second, String text) {}

    private Timestamps() {}

    /// E.g. `2006-01-02T15:04:05Z`.
    public static String text(Instant time) {
        long second = time.getEpochSecond();
        Known known = last;
        if (known.second() != second) {
            known = new Known(second, Instant.ofEpochSecond(second).toString());
            last = known;
        }
        return known.text();
    }
}
