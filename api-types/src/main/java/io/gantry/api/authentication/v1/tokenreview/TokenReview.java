package io.gantry.api.authentication.v1.tokenreview;

import io.gantry.api.KubernetesObject;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// The TokenReview kind of `authentication.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.authentication.v1.TokenReview", model = "V1TokenReview")
public record TokenReview(
        @Nullable String apiVersion,
        @Nullable String kind,
        ObjectMeta metadata,
        @Required TokenReviewSpec spec,
        TokenReviewStatus status)
        implements KubernetesObject {
    public TokenReview {
        metadata = metadata == null ? ObjectMetaBuilder.builder().build() : metadata;
        spec = spec == null ? TokenReviewSpecBuilder.builder().build() : spec;
        status = status == null ? TokenReviewStatusBuilder.builder().build() : status;
    }
}
