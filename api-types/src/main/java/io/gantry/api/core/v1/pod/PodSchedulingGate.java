package io.gantry.api.core.v1.pod;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;

/// `PodSchedulingGate` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.PodSchedulingGate", model = "V1PodSchedulingGate")
public record PodSchedulingGate(@Required String name) {}
