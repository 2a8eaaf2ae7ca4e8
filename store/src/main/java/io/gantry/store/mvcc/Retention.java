package io.gantry.store.mvcc;

import java.time.Duration;

/// How long old revisions stay readable. A revision is forgotten when it is older than `age`, or when more than
/// `revisions` newer ones exist.
public record Retention(Duration age, int revisions) {
    /// Five minutes, as long as upstream's API server keeps them on etcd, and no more than half a million.
    public static final Retention DEFAULT = new Retention(Duration.ofMinutes(5), 500_000);

    public Retention {
        if (age.toMillis() < MARKS || revisions < 2) {
            throw new IllegalArgumentException("bad retention: " + age + ", " + revisions);
        }
    }

    private static final int MARKS = 5;

    /// How often the age is looked at.
    long tickMillis() {
        return age.toMillis() / MARKS;
    }
}
