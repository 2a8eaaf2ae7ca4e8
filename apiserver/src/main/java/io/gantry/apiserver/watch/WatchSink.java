package io.gantry.apiserver.watch;

import java.util.Optional;

/// Where a watch's events go. Called by one thread at a time, in revision order; must not block.
public interface WatchSink {
    void event(EventType type, CachedObject object);

    /// Every watch that an event concerns has it by now: it may leave. So what many watches send of one event leaves
    /// together where they share a connection, for each of them waits for the others to have it and not to send it.
    default void depart() {}

    /// As [#event(EventType, CachedObject)], for who has to judge again what the selection let through.
    ///
    /// @param previous the object before a change or deletion, when it was selected then
    default void event(EventType type, CachedObject object, Optional<CachedObject> previous) {
        event(type, object);
    }

    /// Everything up to the revision has been sent.
    void progress(long revision);

    /// The cache starts anew: the watch is over, the client lists again.
    void restarted();

    /// The server stops: the watch is over.
    default void ended() {
        restarted();
    }
}
