package io.gantry.store.memory;

import io.gantry.store.Store;
import io.gantry.store.StoreContract;

final class MemoryStoreTest extends StoreContract {
    @Override
    protected Store open() {
        return new MemoryStore();
    }
}
