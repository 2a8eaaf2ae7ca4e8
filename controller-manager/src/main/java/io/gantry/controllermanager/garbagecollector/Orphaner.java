package io.gantry.controllermanager.garbagecollector;

import io.gantry.api.meta.v1.OwnerReference;
import io.gantry.client.PartialObjectMetadata;
import io.gantry.client.work.Reconciler;
import io.gantry.client.work.Result;
import java.util.List;
import java.util.Optional;

/// Sets the dependents of an object free, then lets it go.
final class Orphaner implements Reconciler<String> {
    private final ResourceGraph graph;
    private final MetadataWrites writes;

    Orphaner(ResourceGraph graph, MetadataWrites writes) {
        this.graph = graph;
        this.writes = writes;
    }

    @Override
    public Result reconcile(String uid) {
        Optional<Item> owner = graph.get(uid);
        if (owner.isEmpty()) {
            return Result.done();
        }
        graph.dependents(uid).forEach(dependent -> free(dependent, uid));
        writes.live(owner.get()).ifPresent(live -> writes.removeFinalizer(owner.get(), live, Item.ORPHAN));
        return Result.done();
    }

    private void free(Item dependent, String uid) {
        Optional<PartialObjectMetadata> live = writes.live(dependent);
        if (live.isEmpty()) {
            return;
        }
        List<OwnerReference> owners = live.get().metadata().ownerReferences();
        List<OwnerReference> rest =
                owners.stream().filter(o -> !o.uid().equals(uid)).toList();
        if (rest.size() < owners.size()) {
            writes.setOwners(dependent, live.get(), rest);
        }
    }
}
