package io.gantry.api.core.v1.pod;

import io.gantry.api.resource.Quantity;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Atomic;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// `ResourceFieldSelector` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.ResourceFieldSelector", model = "V1ResourceFieldSelector")
@Atomic
public record ResourceFieldSelector(
        @Nullable String containerName,
        @Required String resource,
        @Default("\"0\"") @Nullable Quantity divisor) {}
