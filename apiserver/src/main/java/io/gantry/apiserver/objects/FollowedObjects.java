package io.gantry.apiserver.objects;

import io.gantry.api.kind.Kind;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/// What the objects of a cluster-scoped kind hold, as they change; followed from the first question on. Thread-safe.
public final class FollowedObjects<T> implements ObjectListener {
    private final TreeMap<String, List<T>> byName = new TreeMap<>();
    private final ObjectReader reader;
    private final Kind<?> kind;
    private final Function<ObjectNode, List<T>> parts;
    private volatile List<T> all = List.of();
    private volatile boolean followed;

    private FollowedObjects(ObjectReader reader, Kind<?> kind, Function<ObjectNode, List<T>> parts) {
        this.reader = reader;
        this.kind = kind;
        this.parts = parts;
    }

    /// The objects themselves.
    public static FollowedObjects<ObjectNode> of(ObjectReader reader, Kind<?> kind) {
        return new FollowedObjects<>(reader, kind, List::of);
    }

    /// What is read of each object.
    ///
    /// @param parts called once for each state of an object
    public static <T> FollowedObjects<T> partsOf(
            ObjectReader reader, Kind<?> kind, Function<ObjectNode, List<T>> parts) {
        return new FollowedObjects<>(reader, kind, parts);
    }

    /// All of it, in the order of the objects' names; the same list until something changes. The first call blocks
    /// until the objects that there are have been read.
    public List<T> all() {
        if (!followed) {
            follow();
        }
        return all;
    }

    /// Whether it is known that there is none.
    public boolean isEmpty() {
        return followed && all.isEmpty();
    }

    private synchronized void follow() {
        if (!followed) {
            reader.watch(kind, this);
            followed = true;
        }
    }

    @Override
    public synchronized void replaced(List<ObjectNode> now) {
        byName.clear();
        now.forEach(object -> byName.put(Trees.name(object), parts.apply(object)));
        publish();
    }

    @Override
    public synchronized void put(ObjectNode now) {
        byName.put(Trees.name(now), parts.apply(now));
        publish();
    }

    @Override
    public synchronized void deleted(ObjectNode last) {
        byName.remove(Trees.name(last));
        publish();
    }

    private void publish() {
        all = byName.values().stream().flatMap(List::stream).toList();
    }
}
