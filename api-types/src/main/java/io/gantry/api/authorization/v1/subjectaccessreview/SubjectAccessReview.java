package io.gantry.api.authorization.v1.subjectaccessreview;

import io.gantry.api.KubernetesObject;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// The SubjectAccessReview kind of `authorization.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.authorization.v1.SubjectAccessReview", model = "V1SubjectAccessReview")
public record SubjectAccessReview(
        @Nullable String apiVersion,
        @Nullable String kind,
        ObjectMeta metadata,
        @Required SubjectAccessReviewSpec spec,
        SubjectAccessReviewStatus status)
        implements KubernetesObject {
    public SubjectAccessReview {
        metadata = metadata == null ? ObjectMetaBuilder.builder().build() : metadata;
        spec = spec == null ? SubjectAccessReviewSpecBuilder.builder().build() : spec;
        status = status == null ? SubjectAccessReviewStatusBuilder.builder().build() : status;
    }
}
