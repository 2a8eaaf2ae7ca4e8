package io.gantry.controllermanager.garbagecollector;

import io.gantry.api.StatusException;
import io.gantry.api.meta.v1.OwnerReference;
import io.gantry.client.ApiClient;
import io.gantry.client.Deletion;
import io.gantry.client.PartialObjectMetadata;
import io.gantry.client.Patch;
import io.gantry.client.Resource;
import io.gantry.controllermanager.common.Fields;
import io.gantry.controllermanager.common.Owners;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads and writes the metadata of objects of any kind. Writes name the revision they were decided on, so that they
/// never undo another's.
final class MetadataWrites {
    private final ApiClient client;

    MetadataWrites(ApiClient client) {
        this.client = client;
    }

    /// The object now; empty when it is gone, or another of the same name.
    Optional<PartialObjectMetadata> live(Item item) {
        return resource(item)
                .find(item.key().namespace(), item.key().name())
                .filter(object -> Owners.uid(object).equals(item.uid()));
    }

    void delete(Item item, PartialObjectMetadata live, String propagation) {
        Deletion deletion = new Deletion(
                propagation, -1, item.uid(), Fields.text(live.metadata().resourceVersion()));
        ignoringGone(
                () -> resource(item).delete(item.key().namespace(), item.key().name(), deletion));
    }

    void setOwners(Item item, PartialObjectMetadata live, List<OwnerReference> owners) {
        patch(item, live, "ownerReferences", owners);
    }

    void removeFinalizer(Item item, PartialObjectMetadata live, String finalizer) {
        List<String> rest = live.metadata().finalizers().stream()
                .filter(f -> !f.equals(finalizer))
                .toList();
        if (rest.size() < live.metadata().finalizers().size()) {
            patch(item, live, "finalizers", rest);
        }
    }

    private void patch(Item item, PartialObjectMetadata live, String field, List<?> value) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("uid", item.uid());
        metadata.put("resourceVersion", Fields.text(live.metadata().resourceVersion()));
        metadata.put(field, value);
        Patch patch = Patch.merge(Map.of("metadata", metadata));
        ignoringGone(
                () -> resource(item).patch(item.key().namespace(), item.key().name(), patch));
    }

    private Resource<PartialObjectMetadata> resource(Item item) {
        return client.resource(item.kind()).withoutManagedFields();
    }

    private static void ignoringGone(Runnable call) {
        try {
            call.run();
        } catch (StatusException e) {
            if (!e.isNotFound()) {
                throw e;
            }
        }
    }
}
