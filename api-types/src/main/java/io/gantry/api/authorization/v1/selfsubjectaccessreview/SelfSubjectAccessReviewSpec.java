package io.gantry.api.authorization.v1.selfsubjectaccessreview;

import io.gantry.api.authorization.v1.subjectaccessreview.NonResourceAttributes;
import io.gantry.api.authorization.v1.subjectaccessreview.ResourceAttributes;
import io.gantry.api.schema.annotation.ApiType;
import org.jspecify.annotations.Nullable;

/// `SelfSubjectAccessReviewSpec` of `authorization.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.authorization.v1.SelfSubjectAccessReviewSpec", model = "V1SelfSubjectAccessReviewSpec")
public record SelfSubjectAccessReviewSpec(
        @Nullable ResourceAttributes resourceAttributes,
        @Nullable NonResourceAttributes nonResourceAttributes) {}
