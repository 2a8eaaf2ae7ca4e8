package io.gantry.api.authentication.v1.selfsubjectreview;

import io.gantry.api.authentication.v1.tokenreview.UserInfo;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Written;
import org.jspecify.annotations.Nullable;

/// `SelfSubjectReviewStatus` of `authentication.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.authentication.v1.SelfSubjectReviewStatus", model = "V1SelfSubjectReviewStatus")
public record SelfSubjectReviewStatus(@Written @Nullable UserInfo userInfo) {}
