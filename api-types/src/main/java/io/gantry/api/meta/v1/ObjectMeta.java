package io.gantry.api.meta.v1;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.PatchStrategy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `ObjectMeta` of `meta/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta", model = "V1ObjectMeta")
public record ObjectMeta(
        @Nullable String name,
        @Nullable String generateName,
        @Nullable String namespace,
        @Nullable String selfLink,
        @Nullable String uid,
        @Nullable String resourceVersion,
        @Format("int64") @Nullable Long generation,
        @Nullable Instant creationTimestamp,
        @Nullable Instant deletionTimestamp,
        @Format("int64") @Nullable Long deletionGracePeriodSeconds,
        Map<String, String> labels,
        Map<String, String> annotations,

        @ListType(
                value = ListType.Kind.MAP,
                keys = {"uid"})
        @PatchStrategy(value = "merge", mergeKey = "uid")
        List<OwnerReference> ownerReferences,

        @ListType(ListType.Kind.SET) @PatchStrategy(value = "merge")
        List<String> finalizers,

        @ListType(ListType.Kind.ATOMIC) List<ManagedFieldsEntry> managedFields) {
    public ObjectMeta {
        labels = Copies.map(labels);
        annotations = Copies.map(annotations);
        ownerReferences = Copies.list(ownerReferences);
        finalizers = Copies.list(finalizers);
        managedFields = Copies.list(managedFields);
    }
}
