package io.gantry.client.informer;

import io.gantry.api.KubernetesObject;
import io.gantry.api.kind.Kind;
import io.gantry.client.ApiClient;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// The informers of one process: one for each kind and selection, however many ask for it.
public final class InformerFactory implements AutoCloseable {
    private record Key(Class<?> type, String basePath, String plural, Selection selection) {}

    private final ApiClient client;
    private final Consumer<Informer<?>> starter;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Key, Informer<?>> informers = new LinkedHashMap<>();

    /// A factory whose informers follow the API server.
    public InformerFactory(ApiClient client) {
        this(client, Informer::start);
    }

    /// A factory whose informers follow nobody: `starter` feeds them by [Informer#feed]. For simulations.
    ///
    /// @param starter called for every informer at each [#start]
    public InformerFactory(ApiClient client, Consumer<Informer<?>> starter) {
        this.client = client;
        this.starter = starter;
    }

    /// The informer of all objects of a kind.
    public <T extends KubernetesObject> Informer<T> informer(Kind<T> kind) {
        return informer(kind, Selection.all());
    }

    /// The informer of the selected objects of a kind; it follows after the next [#start].
    @SuppressWarnings("unchecked")
    public <T extends KubernetesObject> Informer<T> informer(Kind<T> kind, Selection selection) {
        lock.lock();
        try {
            Key key = new Key(kind.type(), kind.basePath(), kind.plural(), selection);
            return (Informer<T>) informers.computeIfAbsent(key, k -> new Informer<>(client.resource(kind), selection));
        } finally {
            lock.unlock();
        }
    }

    /// An informer that already follows all objects of a resource, whatever type it reads them as.
    public Optional<Informer<?>> following(Kind<?> kind) {
        lock.lock();
        try {
            for (Map.Entry<Key, Informer<?>> entry : informers.entrySet()) {
                Key key = entry.getKey();
                if (key.basePath().equals(kind.basePath())
                        && key.plural().equals(kind.plural())
                        && key.selection().equals(Selection.all())) {
                    return Optional.of(entry.getValue());
                }
            }
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /// Starts every informer that was asked for and has not started.
    public void start() {
        all().forEach(starter);
    }

    /// Waits until every informer has synced; false when that took longer. A kind that the server does not serve never
    /// syncs.
    public boolean awaitSynced(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        for (Informer<?> informer : all()) {
            if (!informer.awaitSynced(Duration.ofNanos(Math.max(0, end - System.nanoTime())))) {
                return false;
            }
        }
        return true;
    }

    /// The resources that have not synced yet: for logs.
    public List<String> unsynced() {
        return all().stream()
                .filter(informer -> !informer.hasSynced())
                .map(Informer::resource)
                .toList();
    }

    /// Stops one informer and forgets it.
    public void stop(Informer<?> informer) {
        lock.lock();
        try {
            informers.values().removeIf(informer::equals);
        } finally {
            lock.unlock();
        }
        informer.close();
    }

    private List<Informer<?>> all() {
        lock.lock();
        try {
            return List.copyOf(informers.values());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        all().forEach(Informer::close);
    }
}
