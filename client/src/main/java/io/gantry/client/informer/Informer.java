package io.gantry.client.informer;

import io.gantry.api.KubernetesObject;
import io.gantry.api.kind.Kind;
import io.gantry.client.ObjectKey;
import io.gantry.client.Resource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A cache of the objects of one kind that follows the API server, and tells handlers of every change: each change
/// once, in order, on one virtual thread. Objects come without managed fields.
public final class Informer<T extends KubernetesObject> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Informer.class);

    /// Through which an informer's cache and handlers learn of changes, on one thread at a time.
    public interface Feed<T> {
        /// Everything that there is.
        void replace(List<T> all);

        void changed(T object);

        void deleted(T object);
    }

    private final Kind<T> kind;
    private final Selection selection;
    private final String name;
    private final Sink sink = new Sink();
    private final Cache<T> cache = new Cache<>();
    private final ReentrantLock dispatch = new ReentrantLock();
    private final List<InformerHandler<T>> handlers = new ArrayList<>();
    private final CountDownLatch synced = new CountDownLatch(1);
    private final Reflector<T> reflector;
    private @Nullable Thread thread;
    private boolean closed;

    Informer(Resource<T> resource, Selection selection) {
        this.kind = resource.kind();
        this.selection = selection;
        this.name = resource.kind().plural();
        this.reflector = new Reflector<>(resource.withoutManagedFields(), selection, sink);
    }

    /// The plural name of what it follows.
    public String resource() {
        return name;
    }

    /// What it follows.
    public Kind<T> kind() {
        return kind;
    }

    /// Which of those it follows.
    public Selection selection() {
        return selection;
    }

    /// For simulations: tells of changes instead of the API server.
    public Feed<T> feed() {
        return sink;
    }

    /// Reads from the cache; complete once [#awaitSynced] returned true.
    public Lister<T> lister() {
        return cache;
    }

    /// Adds a handler; one that comes late is told of all objects known as added.
    public void addHandler(InformerHandler<T> handler) {
        dispatch.lock();
        try {
            handlers.add(handler);
            cache.all().forEach(object -> guard(() -> handler.added(object)));
        } finally {
            dispatch.unlock();
        }
    }

    /// Adds an index for [Lister#byIndex].
    public void addIndex(String indexName, Function<T, List<String>> function) {
        cache.addIndex(indexName, function);
    }

    /// Waits until the first list is in the cache and the handlers were told; false when that took longer.
    public boolean awaitSynced(Duration limit) throws InterruptedException {
        return synced.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Whether [#awaitSynced] would return true at once.
    public boolean hasSynced() {
        return synced.getCount() == 0;
    }

    void start() {
        dispatch.lock();
        try {
            if (thread == null && !closed) {
                thread = Thread.ofVirtual().name("informer-" + name).start(reflector);
            }
        } finally {
            dispatch.unlock();
        }
    }

    /// Stops following; the cache keeps what it has.
    @Override
    public void close() {
        dispatch.lock();
        try {
            closed = true;
        } finally {
            dispatch.unlock();
        }
        reflector.close();
        if (thread != null) {
            thread.interrupt();
        }
    }

    /// What the reflector feeds; runs on the informer's thread.
    private final class Sink implements Feed<T> {
        @Override
        public void replace(List<T> all) {
            dispatch.lock();
            try {
                Map<ObjectKey, T> fresh = HashMap.newHashMap(all.size());
                all.forEach(object -> fresh.put(ObjectKey.of(object), object));
                for (ObjectKey known : cache.keys()) {
                    if (!fresh.containsKey(known)) {
                        cache.remove(known).ifPresent(Informer.this::tellDeleted);
                    }
                }
                all.forEach(this::changed);
            } finally {
                dispatch.unlock();
            }
            synced.countDown();
        }

        @Override
        public void changed(T object) {
            dispatch.lock();
            try {
                Optional<T> before =
                        cache.get(namespace(object), ObjectKey.of(object).name());
                if (before.isPresent() && !sameObject(before.get(), object)) {
                    cache.remove(ObjectKey.of(object)).ifPresent(Informer.this::tellDeleted);
                    before = Optional.empty();
                }
                if (before.isPresent() && sameRevision(before.get(), object)) {
                    return;
                }
                cache.put(object);
                tellChanged(before, object);
            } finally {
                dispatch.unlock();
            }
        }

        @Override
        public void deleted(T object) {
            dispatch.lock();
            try {
                if (cache.remove(ObjectKey.of(object)).isPresent()) {
                    tellDeleted(object);
                }
            } finally {
                dispatch.unlock();
            }
        }
    }

    private void tellChanged(Optional<T> before, T now) {
        if (before.isPresent()) {
            each(handler -> handler.updated(before.get(), now));
        } else {
            each(handler -> handler.added(now));
        }
    }

    private void tellDeleted(T last) {
        each(handler -> handler.deleted(last));
    }

    private void each(Consumer<InformerHandler<T>> call) {
        handlers.forEach(handler -> guard(() -> call.accept(handler)));
    }

    /// A bug in one handler must not stop the others, nor the cache.
    private void guard(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            LOG.error("handler of {} failed", name, e);
        }
    }

    private static String namespace(KubernetesObject object) {
        return ObjectKey.of(object).namespace();
    }

    /// False when an object was deleted and made again under the same name, and the deletion was missed.
    private static boolean sameObject(KubernetesObject a, KubernetesObject b) {
        return Objects.equals(a.metadata().uid(), b.metadata().uid());
    }

    private static boolean sameRevision(KubernetesObject a, KubernetesObject b) {
        return Objects.equals(a.metadata().resourceVersion(), b.metadata().resourceVersion());
    }
}
