package io.gantry.api.core.v1.persistentvolumeclaim;

import io.gantry.api.KubernetesObject;
import io.gantry.api.core.v1.pod.PersistentVolumeClaimSpec;
import io.gantry.api.core.v1.pod.PersistentVolumeClaimSpecBuilder;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import org.jspecify.annotations.Nullable;

/// The PersistentVolumeClaim kind of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.PersistentVolumeClaim", model = "V1PersistentVolumeClaim")
public record PersistentVolumeClaim(
        @Nullable String apiVersion,
        @Nullable String kind,
        ObjectMeta metadata,
        PersistentVolumeClaimSpec spec,
        @Default("{}") PersistentVolumeClaimStatus status)
        implements KubernetesObject {
    public PersistentVolumeClaim {
        metadata = metadata == null ? ObjectMetaBuilder.builder().build() : metadata;
        spec = spec == null ? PersistentVolumeClaimSpecBuilder.builder().build() : spec;
        status = status == null ? PersistentVolumeClaimStatusBuilder.builder().build() : status;
    }
}
