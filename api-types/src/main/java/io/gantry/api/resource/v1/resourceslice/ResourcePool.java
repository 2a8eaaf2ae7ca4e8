package io.gantry.api.resource.v1.resourceslice;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.Required;

/// `ResourcePool` of `resource.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.resource.v1.ResourcePool", model = "V1ResourcePool")
public record ResourcePool(
        @Required String name,
        @Required @Format("int64") Long generation,
        @Required @Format("int64") Long resourceSliceCount) {}
