package io.gantry.apiserver.watch;

import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The watchers of a cache. Those that want one value of a field are found by that value, so that an event
/// costs what it is delivered to: five thousand kubelets each watch the pods of their node. Guarded by the
/// cache's lock.
final class Watchers extends AbstractSet<Watcher> {
    private final Set<Watcher> all = new LinkedHashSet<>();
    private final Set<Watcher> general = new LinkedHashSet<>();
    private final Map<String, Map<String, Set<Watcher>>> byField = new HashMap<>();
    /// Who was given an event, while it is offered.
    private final List<WatchSink> given = new ArrayList<>();

    @Override
    public boolean add(Watcher watcher) {
        Optional<Demand> trigger = watcher.selection().trigger();
        if (trigger.isEmpty()) {
            general.add(watcher);
        } else {
            byField.computeIfAbsent(trigger.get().key(), field -> new HashMap<>())
                    .computeIfAbsent(trigger.get().values().getFirst(), value -> new LinkedHashSet<>())
                    .add(watcher);
        }
        return all.add(watcher);
    }

    @Override
    public boolean remove(Object object) {
        if (!(object instanceof Watcher watcher) || !all.remove(watcher)) {
            return false;
        }
        general.remove(watcher);
        watcher.selection().trigger().ifPresent(trigger -> removeFrom(trigger, watcher));
        return true;
    }

    private void removeFrom(Demand trigger, Watcher watcher) {
        byField.computeIfPresent(trigger.key(), (field, byValue) -> {
            byValue.computeIfPresent(trigger.values().getFirst(), (value, watchers) -> {
                watchers.remove(watcher);
                return watchers.isEmpty() ? null : watchers;
            });
            return byValue.isEmpty() ? null : byValue;
        });
    }

    @Override
    public void clear() {
        all.clear();
        general.clear();
        byField.clear();
    }

    @Override
    public boolean contains(Object object) {
        return all.contains(object);
    }

    @Override
    public Iterator<Watcher> iterator() {
        return Set.copyOf(all).iterator();
    }

    @Override
    public int size() {
        return all.size();
    }

    /// Offers an event to those who may want it.
    void offer(CacheEvent event) {
        for (Watcher watcher : general) {
            give(watcher, event);
        }
        byField.forEach((field, byValue) -> {
            String now = value(event.current(), field);
            String before = value(event.previous(), field);
            offer(byValue, now, event);
            if (!before.equals(now)) {
                offer(byValue, before, event);
            }
        });
        given.forEach(WatchSink::depart);
        given.clear();
    }

    private void give(Watcher watcher, CacheEvent event) {
        if (watcher.offer(event)) {
            given.add(watcher.sink());
        }
    }

    private static String value(Optional<CachedObject> object, String field) {
        return object.isEmpty() ? "" : object.get().fields().getOrDefault(field, "");
    }

    private void offer(Map<String, Set<Watcher>> byValue, String value, CacheEvent event) {
        for (Watcher watcher : byValue.getOrDefault(value, Set.of())) {
            give(watcher, event);
        }
    }
}
