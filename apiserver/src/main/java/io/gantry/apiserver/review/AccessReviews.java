package io.gantry.apiserver.review;

import io.gantry.api.authorization.v1.localsubjectaccessreview.LocalSubjectAccessReview;
import io.gantry.api.authorization.v1.localsubjectaccessreview.LocalSubjectAccessReviewBuilder;
import io.gantry.api.authorization.v1.selfsubjectaccessreview.SelfSubjectAccessReview;
import io.gantry.api.authorization.v1.selfsubjectaccessreview.SelfSubjectAccessReviewBuilder;
import io.gantry.api.authorization.v1.subjectaccessreview.NonResourceAttributes;
import io.gantry.api.authorization.v1.subjectaccessreview.ResourceAttributes;
import io.gantry.api.authorization.v1.subjectaccessreview.SubjectAccessReview;
import io.gantry.api.authorization.v1.subjectaccessreview.SubjectAccessReviewBuilder;
import io.gantry.api.authorization.v1.subjectaccessreview.SubjectAccessReviewSpec;
import io.gantry.api.authorization.v1.subjectaccessreview.SubjectAccessReviewStatus;
import io.gantry.apiserver.authn.UserInfo;
import io.gantry.apiserver.authz.Attributes;
import io.gantry.apiserver.authz.Authorizer;
import io.gantry.apiserver.authz.Decision;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// May somebody do something. What is asked was checked by [AccessReviewRules].
public final class AccessReviews {
    private final Authorizer authorizer;

    public AccessReviews(Authorizer authorizer) {
        this.authorizer = authorizer;
    }

    public SubjectAccessReview review(SubjectAccessReview review) {
        return SubjectAccessReviewBuilder.builder(review)
                .status(decide(review.spec()))
                .build();
    }

    /// @param user who asks, about himself
    public SelfSubjectAccessReview review(SelfSubjectAccessReview review, UserInfo user) {
        return SelfSubjectAccessReviewBuilder.builder(review)
                .status(decide(
                        user, review.spec().resourceAttributes(), review.spec().nonResourceAttributes()))
                .build();
    }

    public LocalSubjectAccessReview review(LocalSubjectAccessReview review) {
        return LocalSubjectAccessReviewBuilder.builder(review)
                .status(decide(review.spec()))
                .build();
    }

    private SubjectAccessReviewStatus decide(SubjectAccessReviewSpec spec) {
        UserInfo user = new UserInfo(text(spec.user()), text(spec.uid()), spec.groups(), spec.extra());
        return decide(user, spec.resourceAttributes(), spec.nonResourceAttributes());
    }

    private SubjectAccessReviewStatus decide(
            UserInfo user, @Nullable ResourceAttributes resource, @Nullable NonResourceAttributes path) {
        Attributes attributes;
        if (resource != null) {
            attributes = attributes(user, resource);
        } else {
            attributes = Attributes.nonResource(
                    user, path == null ? "" : text(path.verb()), path == null ? "" : text(path.path()));
        }
        Decision decision = authorizer.decide(attributes);
        return new SubjectAccessReviewStatus(
                decision.allowed(),
                decision.denied() ? true : null,
                orAbsent(decision.reason()),
                orAbsent(decision.error()));
    }

    private static Attributes attributes(UserInfo user, ResourceAttributes resource) {
        String fields = resource.fieldSelector() == null
                ? ""
                : resource.fieldSelector().requirements().stream()
                        .filter(term ->
                                "In".equals(term.operator()) && term.values().size() == 1)
                        .map(term -> term.key() + "=" + term.values().getFirst())
                        .collect(Collectors.joining(","));
        return new Attributes(
                user,
                text(resource.verb()),
                text(resource.namespace()),
                text(resource.group()),
                text(resource.version()),
                text(resource.resource()),
                text(resource.subresource()),
                text(resource.name()),
                true,
                "",
                fields);
    }

    private static @Nullable String orAbsent(String text) {
        return text.isEmpty() ? null : text;
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
