package io.gantry.api.authorization.v1.selfsubjectaccessreview;

import io.gantry.api.KubernetesObject;
import io.gantry.api.authorization.v1.subjectaccessreview.SubjectAccessReviewStatus;
import io.gantry.api.authorization.v1.subjectaccessreview.SubjectAccessReviewStatusBuilder;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// The SelfSubjectAccessReview kind of `authorization.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.authorization.v1.SelfSubjectAccessReview", model = "V1SelfSubjectAccessReview")
public record SelfSubjectAccessReview(
        @Nullable String apiVersion,
        @Nullable String kind,
        ObjectMeta metadata,
        @Required SelfSubjectAccessReviewSpec spec,
        SubjectAccessReviewStatus status)
        implements KubernetesObject {
    public SelfSubjectAccessReview {
        metadata = metadata == null ? ObjectMetaBuilder.builder().build() : metadata;
        spec = spec == null ? SelfSubjectAccessReviewSpecBuilder.builder().build() : spec;
        status = status == null ? SubjectAccessReviewStatusBuilder.builder().build() : status;
    }
}
