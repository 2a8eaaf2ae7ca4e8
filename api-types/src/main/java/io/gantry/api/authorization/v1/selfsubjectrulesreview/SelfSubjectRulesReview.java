package io.gantry.api.authorization.v1.selfsubjectrulesreview;

import io.gantry.api.KubernetesObject;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// The SelfSubjectRulesReview kind of `authorization.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.authorization.v1.SelfSubjectRulesReview", model = "V1SelfSubjectRulesReview")
public record SelfSubjectRulesReview(
        @Nullable String apiVersion,
        @Nullable String kind,
        ObjectMeta metadata,
        @Required SelfSubjectRulesReviewSpec spec,
        SubjectRulesReviewStatus status)
        implements KubernetesObject {
    public SelfSubjectRulesReview {
        metadata = metadata == null ? ObjectMetaBuilder.builder().build() : metadata;
        spec = spec == null ? SelfSubjectRulesReviewSpecBuilder.builder().build() : spec;
        status = status == null ? SubjectRulesReviewStatusBuilder.builder().build() : status;
    }
}
