package io.gantry.apiserver.review;

import io.gantry.api.StatusException;
import io.gantry.api.authorization.v1.selfsubjectrulesreview.NonResourceRule;
import io.gantry.api.authorization.v1.selfsubjectrulesreview.ResourceRule;
import io.gantry.api.authorization.v1.selfsubjectrulesreview.SelfSubjectRulesReview;
import io.gantry.api.authorization.v1.selfsubjectrulesreview.SelfSubjectRulesReviewBuilder;
import io.gantry.api.authorization.v1.selfsubjectrulesreview.SubjectRulesReviewStatus;
import io.gantry.api.rbac.v1.role.PolicyRule;
import io.gantry.apiserver.authn.UserInfo;
import io.gantry.apiserver.authz.node.NodeIdentity;
import io.gantry.apiserver.authz.rbac.RuleListing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What may I do in a namespace.
public final class RulesReviews {
    private final RuleListing rules;

    public RulesReviews(RuleListing rules) {
        this.rules = rules;
    }

    /// @throws StatusException 400 without a namespace
    public SelfSubjectRulesReview review(SelfSubjectRulesReview review, UserInfo user) {
        String namespace = review.spec().namespace();
        if (namespace == null || namespace.isEmpty()) {
            throw StatusException.badRequest("no namespace on request");
        }
        List<ResourceRule> resources = new ArrayList<>();
        List<NonResourceRule> paths = new ArrayList<>();
        for (PolicyRule rule : rules.of(user, namespace)) {
            if (!rule.resources().isEmpty()) {
                resources.add(new ResourceRule(rule.verbs(), rule.apiGroups(), rule.resources(), rule.resourceNames()));
            }
            if (!rule.nonResourceURLs().isEmpty()) {
                paths.add(new NonResourceRule(rule.verbs(), rule.nonResourceURLs()));
            }
        }
        Optional<String> node = NodeIdentity.of(user);
        return SelfSubjectRulesReviewBuilder.builder(review)
                .status(new SubjectRulesReviewStatus(
                        resources,
                        paths,
                        node.isPresent(),
                        node.isPresent() ? "node authorizer doesn't support user rule resolution" : null))
                .build();
    }
}
