package io.gantry.api.authorization.v1.subjectaccessreview;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// `SubjectAccessReviewStatus` of `authorization.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.authorization.v1.SubjectAccessReviewStatus", model = "V1SubjectAccessReviewStatus")
public record SubjectAccessReviewStatus(
        @Required Boolean allowed,
        @Nullable Boolean denied,
        @Nullable String reason,
        @Nullable String evaluationError) {}
