package io.gantry.api.authorization.v1.localsubjectaccessreview;

import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import java.util.List;

/// Declares the `LocalSubjectAccessReview` kind of `authorization.k8s.io/v1` to the API server and to clients.
public final class LocalSubjectAccessReviewKind implements KindDefinition<LocalSubjectAccessReview> {
    public static final Kind<LocalSubjectAccessReview> KIND = new Kind<>(
            LocalSubjectAccessReview.class,
            "authorization.k8s.io",
            "v1",
            "LocalSubjectAccessReview",
            "localsubjectaccessreviews",
            true,
            List.of(),
            List.of());

    @Override
    public Kind<LocalSubjectAccessReview> kind() {
        return KIND;
    }

    @Override
    public boolean stored() {
        return false;
    }
}
