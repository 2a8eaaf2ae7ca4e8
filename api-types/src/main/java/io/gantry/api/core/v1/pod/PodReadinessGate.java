package io.gantry.api.core.v1.pod;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;

/// `PodReadinessGate` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.PodReadinessGate", model = "V1PodReadinessGate")
public record PodReadinessGate(@Required String conditionType) {}
