package io.gantry.store;

/// The revision is older than the last compaction: list again.
public final class CompactedException extends StoreException {
    private final long revision;

    public CompactedException(String message, long revision) {
        super(message);
        this.revision = revision;
    }

    /// The oldest (compacted) or newest (future) revision that can be had.
    public long revision() {
        return revision;
    }
}
