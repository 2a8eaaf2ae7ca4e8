package io.gantry.api.core.v1.pod;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// `AWSElasticBlockStoreVolumeSource` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.AWSElasticBlockStoreVolumeSource", model = "V1AWSElasticBlockStoreVolumeSource")
public record AWSElasticBlockStoreVolumeSource(
        @Required String volumeID,
        @Nullable String fsType,
        @Format("int32") @Nullable Integer partition,
        @Nullable Boolean readOnly) {}
