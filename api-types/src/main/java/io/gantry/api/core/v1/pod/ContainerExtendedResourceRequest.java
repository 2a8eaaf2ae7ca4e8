package io.gantry.api.core.v1.pod;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;

/// `ContainerExtendedResourceRequest` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.ContainerExtendedResourceRequest", model = "V1ContainerExtendedResourceRequest")
public record ContainerExtendedResourceRequest(
        @Required String containerName,
        @Required String resourceName,
        @Required String requestName) {}
