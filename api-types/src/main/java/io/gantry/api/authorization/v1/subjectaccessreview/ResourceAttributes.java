package io.gantry.api.authorization.v1.subjectaccessreview;

import io.gantry.api.schema.annotation.ApiType;
import org.jspecify.annotations.Nullable;

/// `ResourceAttributes` of `authorization.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.authorization.v1.ResourceAttributes", model = "V1ResourceAttributes")
public record ResourceAttributes(
        @Nullable String namespace,
        @Nullable String verb,
        @Nullable String group,
        @Nullable String version,
        @Nullable String resource,
        @Nullable String subresource,
        @Nullable String name,
        @Nullable FieldSelectorAttributes fieldSelector,
        @Nullable LabelSelectorAttributes labelSelector) {}
