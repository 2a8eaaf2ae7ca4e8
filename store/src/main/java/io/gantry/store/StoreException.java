package io.gantry.store;

/// What can go wrong with a store.
public abstract sealed class StoreException extends RuntimeException
        permits CompactedException, FutureRevisionException, StoreUnavailableException {
    StoreException(String message) {
        super(message);
    }

    StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
