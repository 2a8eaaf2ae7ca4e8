package io.gantry.api.resource.v1.resourceslice;

import io.gantry.api.resource.Quantity;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;

/// `Counter` of `resource.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.resource.v1.Counter", model = "V1Counter")
public record Counter(@Required Quantity value) {}
