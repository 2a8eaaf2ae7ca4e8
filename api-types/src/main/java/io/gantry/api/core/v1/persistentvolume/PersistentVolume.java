package io.gantry.api.core.v1.persistentvolume;

import io.gantry.api.KubernetesObject;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import org.jspecify.annotations.Nullable;

/// The PersistentVolume kind of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.PersistentVolume", model = "V1PersistentVolume")
public record PersistentVolume(
        @Nullable String apiVersion,
        @Nullable String kind,
        ObjectMeta metadata,
        PersistentVolumeSpec spec,
        @Default("{}") PersistentVolumeStatus status)
        implements KubernetesObject {
    public PersistentVolume {
        metadata = metadata == null ? ObjectMetaBuilder.builder().build() : metadata;
        spec = spec == null ? PersistentVolumeSpecBuilder.builder().build() : spec;
        status = status == null ? PersistentVolumeStatusBuilder.builder().build() : status;
    }
}
