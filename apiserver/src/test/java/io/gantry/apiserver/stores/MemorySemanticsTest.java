package io.gantry.apiserver.stores;

import io.gantry.store.Store;
import io.gantry.store.memory.MemoryStore;
import java.lang.reflect.Proxy;

final class MemorySemanticsTest extends ApiSemantics {
    private MemoryStore memory = new MemoryStore();

    @Override
    protected Store open() {
        memory = new MemoryStore();
        return reopen();
    }

    /// What is in memory outlives its close.
    @Override
    protected Store reopen() {
        return (Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(),
                new Class<?>[] {Store.class},
                (proxy, method, arguments) ->
                        method.getName().equals("close") ? null : method.invoke(memory, arguments));
    }
}
