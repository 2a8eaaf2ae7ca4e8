package io.gantry.api.core.v1.pod;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.ListType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `FCVolumeSource` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.FCVolumeSource", model = "V1FCVolumeSource")
public record FCVolumeSource(
        @ListType(ListType.Kind.ATOMIC) List<String> targetWWNs,
        @Format("int32") @Nullable Integer lun,
        @Nullable String fsType,
        @Nullable Boolean readOnly,
        @ListType(ListType.Kind.ATOMIC) List<String> wwids) {
    public FCVolumeSource {
        targetWWNs = Copies.list(targetWWNs);
        wwids = Copies.list(wwids);
    }
}
