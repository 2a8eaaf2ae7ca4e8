package io.gantry.api.discovery.v1.endpointslice;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;

/// `ForZone` of `discovery.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.discovery.v1.ForZone", model = "V1ForZone")
public record ForZone(@Required(byRules = true) String name) {}
