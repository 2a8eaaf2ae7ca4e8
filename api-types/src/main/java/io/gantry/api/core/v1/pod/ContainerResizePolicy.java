package io.gantry.api.core.v1.pod;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;

/// `ContainerResizePolicy` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.ContainerResizePolicy", model = "V1ContainerResizePolicy")
public record ContainerResizePolicy(
        @Required String resourceName, @Required String restartPolicy) {}
