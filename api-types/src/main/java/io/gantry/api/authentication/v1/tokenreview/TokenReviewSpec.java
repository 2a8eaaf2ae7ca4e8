package io.gantry.api.authentication.v1.tokenreview;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.Required;
import io.gantry.api.schema.annotation.Written;
import java.util.List;

/// `TokenReviewSpec` of `authentication.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.authentication.v1.TokenReviewSpec", model = "V1TokenReviewSpec")
public record TokenReviewSpec(
        @Required @Written(false) String token,
        @ListType(ListType.Kind.ATOMIC) List<String> audiences) {
    public TokenReviewSpec {
        audiences = Copies.list(audiences);
    }
}
