package io.gantry.api.authentication.v1.selfsubjectreview;

import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import java.util.List;

/// Declares the `SelfSubjectReview` kind of `authentication.k8s.io/v1` to the API server and to clients.
public final class SelfSubjectReviewKind implements KindDefinition<SelfSubjectReview> {
    public static final Kind<SelfSubjectReview> KIND = new Kind<>(
            SelfSubjectReview.class,
            "authentication.k8s.io",
            "v1",
            "SelfSubjectReview",
            "selfsubjectreviews",
            false,
            List.of(),
            List.of());

    @Override
    public Kind<SelfSubjectReview> kind() {
        return KIND;
    }

    @Override
    public boolean stored() {
        return false;
    }
}
