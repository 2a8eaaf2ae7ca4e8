package io.gantry.api.discovery.v1.endpointslice;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;

/// `ForNode` of `discovery.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.discovery.v1.ForNode", model = "V1ForNode")
public record ForNode(@Required(byRules = true) String name) {}
