package io.gantry.api.authentication.v1.tokenreview;

import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import java.util.List;

/// Declares the `TokenReview` kind of `authentication.k8s.io/v1` to the API server and to clients.
public final class TokenReviewKind implements KindDefinition<TokenReview> {
    public static final Kind<TokenReview> KIND = new Kind<>(
            TokenReview.class,
            "authentication.k8s.io",
            "v1",
            "TokenReview",
            "tokenreviews",
            false,
            List.of(),
            List.of());

    @Override
    public Kind<TokenReview> kind() {
        return KIND;
    }

    @Override
    public boolean stored() {
        return false;
    }
}
