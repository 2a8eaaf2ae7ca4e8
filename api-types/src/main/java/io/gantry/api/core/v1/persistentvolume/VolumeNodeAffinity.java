package io.gantry.api.core.v1.persistentvolume;

import io.gantry.api.core.v1.pod.NodeSelector;
import io.gantry.api.schema.annotation.ApiType;
import org.jspecify.annotations.Nullable;

/// `VolumeNodeAffinity` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.VolumeNodeAffinity", model = "V1VolumeNodeAffinity")
public record VolumeNodeAffinity(@Nullable NodeSelector required) {}
