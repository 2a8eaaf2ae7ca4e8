package io.gantry.controllermanager.common;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// Absent API fields as the values that they stand for, and times as the API writes them.
public final class Fields {
    private Fields() {}

    public static int number(@Nullable Integer value) {
        return value == null ? 0 : value;
    }

    public static int number(@Nullable Integer value, int absent) {
        return value == null ? absent : value;
    }

    public static long number(@Nullable Long value) {
        return value == null ? 0 : value;
    }

    /// Absent for zero, as upstream writes most counts.
    public static @Nullable Integer nonZero(int value) {
        return value == 0 ? null : Integer.valueOf(value);
    }

    /// Absent for zero.
    public static @Nullable Long nonZero(long value) {
        return value == 0 ? null : Long.valueOf(value);
    }

    public static boolean flag(@Nullable Boolean value) {
        return value != null && value;
    }

    public static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    /// The epoch for an absent time.
    public static Instant time(@Nullable Instant value) {
        return value == null ? Instant.EPOCH : value;
    }

    /// Now, in whole seconds as the API keeps times.
    public static Instant now(Clock clock) {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }
}
