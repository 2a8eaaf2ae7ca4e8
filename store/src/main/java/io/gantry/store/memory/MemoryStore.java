package io.gantry.store.memory;

import io.gantry.store.mvcc.MvccStore;
import io.gantry.store.mvcc.Retention;
import java.time.InstantSource;

/// A store for tests and for clusters that need not outlive their process.
public final class MemoryStore extends MvccStore {
    public MemoryStore() {
        this(Retention.DEFAULT, InstantSource.system());
    }

    public MemoryStore(Retention retention, InstantSource clock) {
        super(new HeapJournal(), retention, clock, failure -> {});
    }
}
