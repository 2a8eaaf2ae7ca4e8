package io.gantry.client.informer;

import io.gantry.api.KubernetesObject;
import io.gantry.client.ObjectKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Objects by key and by index. Written by one thread, read by any.
public final class Cache<T extends KubernetesObject> implements Lister<T> {
    private record Index<T>(Function<T, List<String>> function, Map<String, Set<ObjectKey>> keys) {}

    private static final String NAMESPACE = "namespace";

    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final Map<ObjectKey, T> objects = new LinkedHashMap<>();
    private final Map<String, Index<T>> indexes = new HashMap<>();

    /// An empty cache.
    public Cache() {
        addIndex(NAMESPACE, object -> {
            String namespace = object.metadata().namespace();
            return namespace == null ? List.of() : List.of(namespace);
        });
    }

    /// A cache that holds these objects: for tests of what reads a [Lister].
    @SafeVarargs
    public static <T extends KubernetesObject> Cache<T> of(T... objects) {
        Cache<T> cache = new Cache<>();
        for (T object : objects) {
            cache.put(object);
        }
        return cache;
    }

    /// Adds an index over present and future objects; adding one of the same name again does nothing.
    public void addIndex(String name, Function<T, List<String>> function) {
        lock.writeLock().lock();
        try {
            if (indexes.containsKey(name)) {
                return;
            }
            Index<T> index = new Index<>(function, new HashMap<>());
            indexes.put(name, index);
            objects.forEach((key, object) -> insert(index, key, function.apply(object)));
        } finally {
            lock.writeLock().unlock();
        }
    }

    /// @return the object that was there before
    public Optional<T> put(T object) {
        ObjectKey key = ObjectKey.of(object);
        lock.writeLock().lock();
        try {
            T before = objects.get(key);
            for (Index<T> index : indexes.values()) {
                move(index, key, before, object);
            }
            // Last: an object that an index fails on is not held, and is told of when it comes again.
            objects.put(key, object);
            return Optional.ofNullable(before);
        } finally {
            lock.writeLock().unlock();
        }
    }

    /// @return the object that was there
    public Optional<T> remove(ObjectKey key) {
        lock.writeLock().lock();
        try {
            T before = objects.remove(key);
            if (before != null) {
                indexes.values()
                        .forEach(index -> remove(index, key, index.function().apply(before)));
            }
            return Optional.ofNullable(before);
        } finally {
            lock.writeLock().unlock();
        }
    }

    List<ObjectKey> keys() {
        lock.readLock().lock();
        try {
            return List.copyOf(objects.keySet());
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public Optional<T> get(String namespace, String name) {
        lock.readLock().lock();
        try {
            return Optional.ofNullable(objects.get(new ObjectKey(namespace, name)));
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public int size() {
        lock.readLock().lock();
        try {
            return objects.size();
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public List<T> all() {
        lock.readLock().lock();
        try {
            return List.copyOf(objects.values());
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public List<T> inNamespace(String namespace) {
        return byIndex(NAMESPACE, namespace);
    }

    @Override
    public List<T> byIndex(String name, String value) {
        lock.readLock().lock();
        try {
            Index<T> index = indexes.get(name);
            if (index == null) {
                throw new IllegalArgumentException("no index \"" + name + "\"");
            }
            List<T> found = new ArrayList<>();
            for (ObjectKey key : index.keys().getOrDefault(value, Set.of())) {
                T object = objects.get(key);
                if (object != null) {
                    found.add(object);
                }
            }
            return found;
        } finally {
            lock.readLock().unlock();
        }
    }

    /// Most changes of an object leave it where it is in an index.
    private static <T> void move(Index<T> index, ObjectKey key, @Nullable T before, T now) {
        List<String> to = index.function().apply(now);
        List<String> from = before == null ? List.of() : index.function().apply(before);
        if (!to.equals(from)) {
            remove(index, key, from);
            insert(index, key, to);
        }
    }

    private static <T> void insert(Index<T> index, ObjectKey key, List<String> values) {
        for (String value : values) {
            index.keys().computeIfAbsent(value, v -> new LinkedHashSet<>(2)).add(key);
        }
    }

    private static <T> void remove(Index<T> index, ObjectKey key, List<String> values) {
        for (String value : values) {
            Set<ObjectKey> keys = index.keys().get(value);
            if (keys != null && keys.remove(key) && keys.isEmpty()) {
                index.keys().remove(value);
            }
        }
    }
}
