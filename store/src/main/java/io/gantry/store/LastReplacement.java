package io.gantry.store;

import java.util.Optional;

/// [Store#replaceAndDelete] in two calls.
final class LastReplacement {
    private LastReplacement() {}

    static WriteResult of(Store store, String key, byte[] value, long expectedRevision) {
        return switch (store.update(key, value, expectedRevision, 0)) {
            case WriteResult.Conflict conflict -> conflict;
            case WriteResult.Committed replaced -> delete(store, key, replaced.revision());
        };
    }

    /// Deletes the key also when somebody wrote to it meanwhile, but not what was created after it went.
    private static WriteResult delete(Store store, String key, long replaced) {
        long expected = replaced;
        while (true) {
            switch (store.delete(key, expected)) {
                case WriteResult.Committed done -> {
                    return done;
                }
                case WriteResult.Conflict(Optional<Entry> current, long revision) -> {
                    if (current.isEmpty() || current.get().createRevision() > replaced) {
                        return new WriteResult.Committed(revision);
                    }
                    expected = current.get().modRevision();
                }
            }
        }
    }
}
