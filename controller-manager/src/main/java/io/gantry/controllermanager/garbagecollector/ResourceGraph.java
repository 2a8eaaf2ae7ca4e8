package io.gantry.controllermanager.garbagecollector;

import io.gantry.api.KubernetesObject;
import io.gantry.api.kind.Kind;
import io.gantry.api.meta.v1.OwnerReference;
import io.gantry.client.ObjectKey;
import io.gantry.client.PartialObjectMetadata;
import io.gantry.controllermanager.common.Owners;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Who owns whom, over all kinds, as the informers tell it. Thread-safe.
final class ResourceGraph {
    private final Map<String, Item> items = new HashMap<>();
    private final Map<String, Set<String>> dependents = new HashMap<>();

    /// What a change of the graph calls for.
    ///
    /// @param examine uids to look at
    /// @param orphan uids whose dependents are to be set free
    /// @param misplaced references to owners that are in another namespace
    record Consequences(Set<String> examine, Set<String> orphan, List<Misplaced> misplaced) {
        static Consequences none() {
            return new Consequences(new LinkedHashSet<>(), new LinkedHashSet<>(), new ArrayList<>());
        }
    }

    /// An object names an owner that is in another namespace, which counts as none.
    record Misplaced(Item dependent, OwnerReference owner) {}

    /// An object came or changed.
    synchronized Consequences observe(Kind<PartialObjectMetadata> kind, KubernetesObject object) {
        Item now = item(kind, object);
        Item before = items.put(now.uid(), now);
        Consequences consequences = Consequences.none();
        if (before == null || !before.owners().equals(now.owners())) {
            if (before != null) {
                unlink(before);
            }
            now.owners()
                    .forEach(o -> dependents
                            .computeIfAbsent(o.uid(), u -> new LinkedHashSet<>(2))
                            .add(now.uid()));
            if (!now.owners().isEmpty()) {
                consequences.examine().add(now.uid());
            }
            for (OwnerReference owner : now.owners()) {
                Item known = items.get(owner.uid());
                if (known != null && !(before != null && before.owners().contains(owner))) {
                    place(now, known, consequences);
                }
            }
            if (before != null) {
                before.owners().forEach(o -> consequences.examine().add(o.uid()));
            }
        }
        if (before == null) {
            dependents(now.uid()).forEach(dependent -> place(dependent, now, consequences));
        }
        boolean goes = now.going() && (before == null || !before.going());
        if (goes && now.orphaning()) {
            consequences.orphan().add(now.uid());
        }
        if (goes && now.foreground()) {
            consequences.examine().add(now.uid());
            consequences.examine().addAll(dependentUids(now.uid()));
        }
        return consequences;
    }

    private static void place(Item dependent, Item owner, Consequences consequences) {
        if (owner.kind().namespaced()
                && !owner.key().namespace().equals(dependent.key().namespace())) {
            consequences.examine().add(dependent.uid());
            dependent.owners().stream()
                    .filter(o -> o.uid().equals(owner.uid()))
                    .findFirst()
                    .ifPresent(o -> consequences.misplaced().add(new Misplaced(dependent, o)));
        }
    }

    /// An object is gone.
    synchronized Consequences remove(String uid) {
        Consequences consequences = Consequences.none();
        Item item = items.remove(uid);
        consequences.examine().addAll(dependentUids(uid));
        if (item != null) {
            unlink(item);
            for (OwnerReference owner : item.owners()) {
                Item known = items.get(owner.uid());
                if (known != null && known.isDeletingDependents()) {
                    consequences.examine().add(owner.uid());
                }
            }
        }
        return consequences;
    }

    synchronized Optional<Item> get(String uid) {
        return Optional.ofNullable(items.get(uid));
    }

    synchronized List<Item> dependents(String uid) {
        List<Item> found = new ArrayList<>();
        for (String dependent : dependentUids(uid)) {
            Item item = items.get(dependent);
            if (item != null) {
                found.add(item);
            }
        }
        return found;
    }

    /// All objects of a resource that is no longer followed.
    synchronized List<String> uidsOf(Kind<PartialObjectMetadata> kind) {
        return items.values().stream()
                .filter(item -> item.kind().equals(kind))
                .map(Item::uid)
                .toList();
    }

    private Set<String> dependentUids(String uid) {
        return dependents.getOrDefault(uid, Set.of());
    }

    private void unlink(Item item) {
        for (OwnerReference owner : item.owners()) {
            Set<String> of = dependents.get(owner.uid());
            if (of != null && of.remove(item.uid()) && of.isEmpty()) {
                dependents.remove(owner.uid());
            }
        }
    }

    static Item item(Kind<PartialObjectMetadata> kind, KubernetesObject object) {
        List<String> finalizers = object.metadata().finalizers();
        return new Item(
                kind,
                ObjectKey.of(object),
                Owners.uid(object),
                object.metadata().ownerReferences(),
                object.metadata().deletionTimestamp() != null,
                finalizers.contains(Item.FOREGROUND),
                finalizers.contains(Item.ORPHAN));
    }
}
