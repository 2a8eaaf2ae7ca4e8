package io.gantry.api.authorization.v1.selfsubjectrulesreview;

import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import java.util.List;

/// Declares the `SelfSubjectRulesReview` kind of `authorization.k8s.io/v1` to the API server and to clients.
public final class SelfSubjectRulesReviewKind implements KindDefinition<SelfSubjectRulesReview> {
    public static final Kind<SelfSubjectRulesReview> KIND = new Kind<>(
            SelfSubjectRulesReview.class,
            "authorization.k8s.io",
            "v1",
            "SelfSubjectRulesReview",
            "selfsubjectrulesreviews",
            false,
            List.of(),
            List.of());

    @Override
    public Kind<SelfSubjectRulesReview> kind() {
        return KIND;
    }

    @Override
    public boolean stored() {
        return false;
    }
}
