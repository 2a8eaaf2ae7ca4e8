package io.gantry.api.authentication.v1.selfsubjectreview;

import io.gantry.api.KubernetesObject;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.schema.annotation.ApiType;
import org.jspecify.annotations.Nullable;

/// The SelfSubjectReview kind of `authentication.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.authentication.v1.SelfSubjectReview", model = "V1SelfSubjectReview")
public record SelfSubjectReview(
        @Nullable String apiVersion, @Nullable String kind, ObjectMeta metadata, SelfSubjectReviewStatus status)
        implements KubernetesObject {
    public SelfSubjectReview {
        metadata = metadata == null ? ObjectMetaBuilder.builder().build() : metadata;
        status = status == null ? SelfSubjectReviewStatusBuilder.builder().build() : status;
    }
}
