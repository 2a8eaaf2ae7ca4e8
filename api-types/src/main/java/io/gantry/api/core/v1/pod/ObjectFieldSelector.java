package io.gantry.api.core.v1.pod;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Atomic;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// `ObjectFieldSelector` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.ObjectFieldSelector", model = "V1ObjectFieldSelector")
@Atomic
public record ObjectFieldSelector(
        @Default("\"v1\"") @Nullable String apiVersion,
        @Required String fieldPath) {}
