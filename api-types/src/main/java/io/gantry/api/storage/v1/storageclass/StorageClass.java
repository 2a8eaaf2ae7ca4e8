package io.gantry.api.storage.v1.storageclass;

import io.gantry.api.Copies;
import io.gantry.api.KubernetesObject;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.OneOf;
import io.gantry.api.schema.annotation.Required;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The StorageClass kind of `storage.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.storage.v1.StorageClass", model = "V1StorageClass")
public record StorageClass(
        @Nullable String apiVersion,
        @Nullable String kind,
        ObjectMeta metadata,
        @Required String provisioner,
        Map<String, String> parameters,

        @OneOf(
                value = {"Recycle", "Delete", "Retain"},
                byRules = true)
        @Default("\"Delete\"")
        @Nullable
        String reclaimPolicy,

        @ListType(ListType.Kind.ATOMIC) List<String> mountOptions,
        @Nullable Boolean allowVolumeExpansion,

        @OneOf({"Immediate", "WaitForFirstConsumer"}) @Default("\"Immediate\"") @Nullable
        String volumeBindingMode,

        @ListType(ListType.Kind.ATOMIC) List<TopologySelectorTerm> allowedTopologies)
        implements KubernetesObject {
    public StorageClass {
        metadata = metadata == null ? ObjectMetaBuilder.builder().build() : metadata;
        parameters = Copies.map(parameters);
        mountOptions = Copies.list(mountOptions);
        allowedTopologies = Copies.list(allowedTopologies);
    }
}
