package io.gantry.api.authentication.v1.tokenreview;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.Written;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `TokenReviewStatus` of `authentication.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.authentication.v1.TokenReviewStatus", model = "V1TokenReviewStatus")
public record TokenReviewStatus(
        @Nullable Boolean authenticated,
        @Written @Nullable UserInfo user,
        @ListType(ListType.Kind.ATOMIC) List<String> audiences,
        @Nullable String error) {
    public TokenReviewStatus {
        audiences = Copies.list(audiences);
    }
}
