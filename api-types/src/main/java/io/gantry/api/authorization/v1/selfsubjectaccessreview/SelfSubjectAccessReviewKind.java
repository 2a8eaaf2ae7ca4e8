package io.gantry.api.authorization.v1.selfsubjectaccessreview;

import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import java.util.List;

/// Declares the `SelfSubjectAccessReview` kind of `authorization.k8s.io/v1` to the API server and to clients.
public final class SelfSubjectAccessReviewKind implements KindDefinition<SelfSubjectAccessReview> {
    public static final Kind<SelfSubjectAccessReview> KIND = new Kind<>(
            SelfSubjectAccessReview.class,
            "authorization.k8s.io",
            "v1",
            "SelfSubjectAccessReview",
            "selfsubjectaccessreviews",
            false,
            List.of(),
            List.of());

    @Override
    public Kind<SelfSubjectAccessReview> kind() {
        return KIND;
    }

    @Override
    public boolean stored() {
        return false;
    }
}
