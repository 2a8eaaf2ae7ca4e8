package io.gantry.api.apiextensions.v1.customresourcedefinition;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.Required;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// `CustomResourceDefinitionCondition` of `apiextensions.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(
        openApi = "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionCondition",
        model = "V1CustomResourceDefinitionCondition")
public record CustomResourceDefinitionCondition(
        @Required String type,
        @Required String status,
        @Nullable Instant lastTransitionTime,
        @Nullable String reason,
        @Nullable String message,
        @Format("int64") @Nullable Long observedGeneration) {}
