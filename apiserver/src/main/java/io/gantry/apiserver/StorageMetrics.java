package io.gantry.apiserver;

import io.gantry.apiserver.registry.ResourceStorage;
import io.gantry.apiserver.registry.Resources;
import io.gantry.apiserver.registry.ServedResource;
import io.gantry.component.Counts;
import io.gantry.store.Range;
import io.gantry.store.Store;
import io.gantry.store.StoreException;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/// How many objects of each resource are stored, counted when somebody scrapes: from the cache where it is loaded, else
/// in the store, without reading them.
///
/// @param store asked for its size
record StorageMetrics(Resources resources, Store store) {
    String text() {
        return objects() + size();
    }

    /// One store is one cluster of etcd to upstream's label.
    private String size() {
        OptionalLong bytes = store.sizeBytes();
        return bytes.isEmpty()
                ? ""
                : Counts.gaugeNow("apiserver_storage_size_bytes", "storage_cluster_id=\"etcd-0\"", bytes.getAsLong());
    }

    private String objects() {
        Map<String, ServedResource> stored = new TreeMap<>();
        resources.all().stream()
                .filter(resource -> resource.storage().isPresent())
                .forEach(resource -> stored.putIfAbsent(resource.groupResource(), resource));
        StringBuilder objects = new StringBuilder("# TYPE apiserver_storage_objects gauge\n");
        StringBuilder counts = new StringBuilder("# TYPE apiserver_resource_objects gauge\n");
        stored.forEach((name, resource) -> {
            long count = count(resource.storage().orElseThrow());
            objects.append("apiserver_storage_objects{resource=\"" + name + "\"} " + count + "\n");
            counts.append("apiserver_resource_objects{group=\"" + resource.group() + "\",resource=\""
                    + resource.plural() + "\"} " + count + "\n");
        });
        return objects.append(counts).toString();
    }

    /// -1 where the store does not say, as upstream.
    private static long count(ResourceStorage storage) {
        if (storage.cache().isLoaded()) {
            return storage.cache().size();
        }
        try {
            var first = storage.store().range(Range.prefix(storage.prefix()).withLimit(1));
            return first.entries().size() + first.remaining();
        } catch (StoreException e) {
            return -1;
        }
    }
}
