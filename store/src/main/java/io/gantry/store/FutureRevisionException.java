package io.gantry.store;

/// The revision has not happened yet.
public final class FutureRevisionException extends StoreException {
    private final long revision;

    public FutureRevisionException(String message, long revision) {
        super(message);
        this.revision = revision;
    }

    /// The oldest (compacted) or newest (future) revision that can be had.
    public long revision() {
        return revision;
    }
}
