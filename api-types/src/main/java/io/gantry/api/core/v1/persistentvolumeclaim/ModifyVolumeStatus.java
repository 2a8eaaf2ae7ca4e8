package io.gantry.api.core.v1.persistentvolumeclaim;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.OneOf;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// `ModifyVolumeStatus` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.ModifyVolumeStatus", model = "V1ModifyVolumeStatus")
public record ModifyVolumeStatus(
        @Nullable String targetVolumeAttributesClassName,

        @Required @OneOf({"Pending", "InProgress", "Infeasible"})
        String status) {}
