package io.gantry.store.transfer;

/// How long objects live that a store deletes by itself. A dump does not say when they end: they begin anew.
public final class Lives {
    private static final String EVENTS = "/registry/events/";
    private static final long EVENT_SECONDS = 3600;

    private Lives() {}

    /// Seconds; 0 for ever.
    public static long seconds(String key) {
        return key.startsWith(EVENTS) ? EVENT_SECONDS : 0;
    }
}
