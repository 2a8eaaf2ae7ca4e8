package io.gantry.api.authorization.v1.selfsubjectrulesreview;

import io.gantry.api.schema.annotation.ApiType;
import org.jspecify.annotations.Nullable;

/// `SelfSubjectRulesReviewSpec` of `authorization.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.authorization.v1.SelfSubjectRulesReviewSpec", model = "V1SelfSubjectRulesReviewSpec")
public record SelfSubjectRulesReviewSpec(@Nullable String namespace) {}
