package io.gantry.apiserver.policy;

import io.gantry.api.kind.Kind;
import io.gantry.apiserver.objects.ObjectListener;
import io.gantry.apiserver.objects.ObjectReader;
import io.gantry.apiserver.objects.Trees;
import java.util.List;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/// The objects of a cluster-scoped kind by name, as they change; followed from the first question on. Thread-safe.
final class FollowedObjects implements ObjectListener {
    private final TreeMap<String, ObjectNode> byName = new TreeMap<>();
    private final ObjectReader reader;
    private final Kind<?> kind;
    private volatile List<ObjectNode> all = List.of();
    private volatile boolean followed;

    FollowedObjects(ObjectReader reader, Kind<?> kind) {
        this.reader = reader;
        this.kind = kind;
    }

    /// All of them in the order of their names; the same list until something changes. The first call blocks.
    List<ObjectNode> all() {
        if (!followed) {
            follow();
        }
        return all;
    }

    /// Whether it is known that there are none.
    boolean isEmpty() {
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
        now.forEach(object -> byName.put(Trees.name(object), object));
        all = List.copyOf(byName.values());
    }

    @Override
    public synchronized void put(ObjectNode now) {
        byName.put(Trees.name(now), now);
        all = List.copyOf(byName.values());
    }

    @Override
    public synchronized void deleted(ObjectNode last) {
        byName.remove(Trees.name(last));
        all = List.copyOf(byName.values());
    }
}
