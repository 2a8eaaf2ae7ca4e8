package io.gantry.api.storage.v1.csinode;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Format;
import org.jspecify.annotations.Nullable;

/// `VolumeNodeResources` of `storage.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.storage.v1.VolumeNodeResources", model = "V1VolumeNodeResources")
public record VolumeNodeResources(@Format("int32") @Nullable Integer count) {}
