package io.gantry.api.storage.v1.csistoragecapacity;

import io.gantry.api.KubernetesObject;
import io.gantry.api.meta.v1.LabelSelector;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.resource.Quantity;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// The CSIStorageCapacity kind of `storage.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.storage.v1.CSIStorageCapacity", model = "V1CSIStorageCapacity")
public record CSIStorageCapacity(
        @Nullable String apiVersion,
        @Nullable String kind,
        ObjectMeta metadata,
        @Nullable LabelSelector nodeTopology,
        @Required(byRules = true) String storageClassName,
        @Nullable Quantity capacity,
        @Nullable Quantity maximumVolumeSize)
        implements KubernetesObject {
    public CSIStorageCapacity {
        metadata = metadata == null ? ObjectMetaBuilder.builder().build() : metadata;
    }
}
