package io.gantry.store;

import java.util.Optional;

/// One change of one key.
public sealed interface StoreEvent {
    long revision();

    String key();

    /// A created or replaced value; `previous` is the entry before, empty when created.
    record Put(Entry entry, Optional<Entry> previous) implements StoreEvent {
        @Override
        public long revision() {
            return entry.modRevision();
        }

        @Override
        public String key() {
            return entry.key();
        }
    }

    /// A deleted key with its last entry. Expiry by time to live is one too.
    record Delete(String key, long revision, Entry previous) implements StoreEvent {}
}
