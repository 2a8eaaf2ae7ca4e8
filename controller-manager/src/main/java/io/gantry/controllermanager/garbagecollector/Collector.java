package io.gantry.controllermanager.garbagecollector;

import io.gantry.api.StatusException;
import io.gantry.api.kind.Kind;
import io.gantry.api.meta.v1.OwnerReference;
import io.gantry.api.meta.v1.OwnerReferenceBuilder;
import io.gantry.client.ApiClient;
import io.gantry.client.PartialObjectMetadata;
import io.gantry.client.work.Reconciler;
import io.gantry.client.work.Result;
import io.gantry.controllermanager.common.Fields;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at one object: deletes it when all its owners are gone, or lets it go when it waited for its dependents. That
/// an owner is absent is believed only from the server itself.
final class Collector implements Reconciler<String> {
    private static final Logger LOG = LoggerFactory.getLogger(Collector.class);
    private static final int MAX_ABSENT = 500;

    private final ResourceGraph graph;
    private final Resources resources;
    private final MetadataWrites writes;
    private final ApiClient client;
    private final Consumer<String> examine;
    private final Set<Absent> absent = Collections.newSetFromMap(Collections.synchronizedMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Absent, Boolean> eldest) {
            return size() > MAX_ABSENT;
        }
    }));

    /// An owner that the server does not have. All of it counts: a reference with a wrong name or
    /// namespace says nothing of the owner that a right one means.
    ///
    /// @param namespace where it was looked for; empty for a cluster-scoped owner
    private record Absent(String apiVersion, String kind, String name, String uid, String namespace) {
        static Absent of(OwnerReference reference, String namespace) {
            return new Absent(reference.apiVersion(), reference.kind(), reference.name(), reference.uid(), namespace);
        }
    }

    /// @param examine queues another object
    Collector(
            ResourceGraph graph,
            Resources resources,
            MetadataWrites writes,
            ApiClient client,
            Consumer<String> examine) {
        this.graph = graph;
        this.resources = resources;
        this.writes = writes;
        this.client = client;
        this.examine = examine;
    }

    @Override
    public Result reconcile(String uid) {
        Optional<Item> known = graph.get(uid);
        if (known.isEmpty() || known.get().going() && !known.get().foreground()) {
            return Result.done();
        }
        Item item = known.get();
        Optional<PartialObjectMetadata> live = writes.live(item);
        if (live.isEmpty()) {
            return Result.done();
        }
        Item now = ResourceGraph.item(item.kind(), live.get());
        if (now.isDeletingDependents()) {
            finishForeground(now, live.get());
        } else if (!now.going()) {
            collect(now, live.get());
        }
        return Result.done();
    }

    /// Lets the owner go once no dependent blocks it.
    private void finishForeground(Item owner, PartialObjectMetadata live) {
        List<Item> blocking = graph.dependents(owner.uid()).stream()
                .filter(dependent -> blocks(dependent, owner))
                .toList();
        if (blocking.isEmpty()) {
            writes.removeFinalizer(owner, live, Item.FOREGROUND);
            return;
        }
        blocking.stream().filter(d -> !d.going()).forEach(d -> examine.accept(d.uid()));
    }

    private static boolean blocks(Item dependent, Item owner) {
        return dependent.owners().stream()
                .anyMatch(o -> o.uid().equals(owner.uid()) && Fields.flag(o.blockOwnerDeletion()));
    }

    private void collect(Item item, PartialObjectMetadata live) {
        Map<String, CollectionPlan.OwnerState> states = new LinkedHashMap<>();
        for (OwnerReference owner : item.owners()) {
            states.put(owner.uid(), state(item, owner));
        }
        switch (CollectionPlan.of(item, states, graph.dependents(item.uid()))) {
            case CollectionPlan.Keep keep -> {}
            case CollectionPlan.KeepWith keep -> writes.setOwners(item, live, keep.owners());
            case CollectionPlan.Delete delete -> {
                LOG.debug("deleting {} with propagation {}", item, delete.propagation());
                if (delete.unblock()) {
                    writes.setOwners(item, live, unblocked(item.owners()));
                    examine.accept(item.uid());
                    writes.live(item).ifPresent(fresh -> writes.delete(item, fresh, delete.propagation()));
                } else {
                    writes.delete(item, live, delete.propagation());
                }
            }
        }
    }

    private static List<OwnerReference> unblocked(List<OwnerReference> owners) {
        return owners.stream()
                .map(o -> OwnerReferenceBuilder.builder(o)
                        .blockOwnerDeletion(false)
                        .build())
                .toList();
    }

    private CollectionPlan.OwnerState state(Item item, OwnerReference reference) {
        Optional<Item> owner = graph.get(reference.uid()).filter(o -> isMeant(item, reference, o));
        if (owner.isPresent()) {
            return owner.get().isDeletingDependents()
                    ? CollectionPlan.OwnerState.WAITING
                    : CollectionPlan.OwnerState.SOLID;
        }
        boolean known = absent.contains(Absent.of(reference, ""))
                || absent.contains(Absent.of(reference, item.key().namespace()));
        return known ? CollectionPlan.OwnerState.ABSENT : ask(item, reference);
    }

    private CollectionPlan.OwnerState ask(Item item, OwnerReference reference) {
        Kind<PartialObjectMetadata> kind = resources
                .find(reference.apiVersion(), reference.kind())
                .orElseThrow(() -> StatusException.unavailable("no resource serves " + reference.apiVersion() + " "
                        + reference.kind() + ", the owner of " + item));
        if (kind.namespaced() && item.key().namespace().isEmpty()) {
            LOG.warn("{} is cluster-scoped and names an owner in a namespace: {}", item, reference.name());
            return CollectionPlan.OwnerState.UNKNOWN;
        }
        String namespace = kind.namespaced() ? item.key().namespace() : "";
        Optional<PartialObjectMetadata> owner =
                client.resource(kind).withoutManagedFields().find(namespace, reference.name());
        if (owner.isEmpty() || !reference.uid().equals(owner.get().metadata().uid())) {
            absent.add(Absent.of(reference, namespace));
            return CollectionPlan.OwnerState.ABSENT;
        }
        return ResourceGraph.item(kind, owner.get()).isDeletingDependents()
                ? CollectionPlan.OwnerState.WAITING
                : CollectionPlan.OwnerState.SOLID;
    }

    /// Whether the reference names this object in all that it says. Owners are cluster-scoped or of the same namespace.
    static boolean isMeant(Item item, OwnerReference reference, Item owner) {
        return owner.kind().group().equals(Kind.groupOf(reference.apiVersion()))
                && owner.kind().name().equals(reference.kind())
                && owner.key().name().equals(reference.name())
                && (!owner.kind().namespaced()
                        || owner.key().namespace().equals(item.key().namespace()));
    }
}
