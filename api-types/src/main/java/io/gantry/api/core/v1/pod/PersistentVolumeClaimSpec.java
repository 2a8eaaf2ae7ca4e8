package io.gantry.api.core.v1.pod;

import io.gantry.api.Copies;
import io.gantry.api.meta.v1.LabelSelector;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.OneOf;
import io.gantry.api.schema.annotation.Written;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `PersistentVolumeClaimSpec` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.PersistentVolumeClaimSpec", model = "V1PersistentVolumeClaimSpec")
public record PersistentVolumeClaimSpec(
        @ListType(ListType.Kind.ATOMIC) @OneOf({"ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"})
        List<String> accessModes,

        @Nullable LabelSelector selector,
        @Written @Nullable VolumeResourceRequirements resources,
        @Nullable String volumeName,
        @Nullable String storageClassName,

        @OneOf({"Block", "Filesystem"}) @Default("\"Filesystem\"") @Nullable
        String volumeMode,

        @Nullable TypedLocalObjectReference dataSource,
        @Nullable TypedObjectReference dataSourceRef,
        @Nullable String volumeAttributesClassName) {
    public PersistentVolumeClaimSpec {
        accessModes = Copies.list(accessModes);
    }
}
