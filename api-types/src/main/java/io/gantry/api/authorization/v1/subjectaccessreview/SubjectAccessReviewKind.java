package io.gantry.api.authorization.v1.subjectaccessreview;

import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import java.util.List;

/// Declares the `SubjectAccessReview` kind of `authorization.k8s.io/v1` to the API server and to clients.
public final class SubjectAccessReviewKind implements KindDefinition<SubjectAccessReview> {
    public static final Kind<SubjectAccessReview> KIND = new Kind<>(
            SubjectAccessReview.class,
            "authorization.k8s.io",
            "v1",
            "SubjectAccessReview",
            "subjectaccessreviews",
            false,
            List.of(),
            List.of());

    @Override
    public Kind<SubjectAccessReview> kind() {
        return KIND;
    }

    @Override
    public boolean stored() {
        return false;
    }
}
