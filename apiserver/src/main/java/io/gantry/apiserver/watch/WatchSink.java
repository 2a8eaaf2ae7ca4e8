package io.gantry.apiserver.watch;

/// Where a watch's events go. Called by one thread at a time, in revision order; must not block.
public interface WatchSink {
    void event(EventType type, CachedObject object);

    /// Everything up to the revision has been sent.
    void progress(long revision);

    /// The cache starts anew: the watch is over, the client lists again.
    void restarted();

    /// The server stops: the watch is over.
    default void ended() {
        restarted();
    }
}
