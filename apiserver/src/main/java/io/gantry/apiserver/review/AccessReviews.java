package io.gantry.apiserver.review;

import static io.gantry.api.validation.References.text;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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
        if (resource == null) {
            return status(
                    authorizer.decide(Attributes.nonResource(
                            user, path == null ? "" : text(path.verb()), path == null ? "" : text(path.path()))),
                    List.of());
        }
        ReviewedSelector fields = ReviewedSelector.of(resource.fieldSelector());
        ReviewedSelector labels = ReviewedSelector.of(resource.labelSelector());
        List<String> faults = Stream.of(fields.fault("fieldSelector"), labels.fault("labelSelector"))
                .flatMap(Optional::stream)
                .toList();
        return status(authorizer.decide(attributes(user, resource, fields, labels)), faults);
    }

    /// @param faults of the question
    private static SubjectAccessReviewStatus status(Decision decision, List<String> faults) {
        List<String> all = new ArrayList<>(faults);
        if (!decision.error().isEmpty()) {
            all.addFirst(decision.error());
        }
        return new SubjectAccessReviewStatus(
                decision.allowed(),
                decision.denied() ? true : null,
                orAbsent(decision.reason()),
                orAbsent(String.join("; ", all)));
    }

    private static Attributes attributes(
            UserInfo user, ResourceAttributes resource, ReviewedSelector fields, ReviewedSelector labels) {
        String version = text(resource.version());
        return new Attributes(
                user,
                text(resource.verb()),
                text(resource.namespace()),
                text(resource.group()),
                version.isEmpty() ? "*" : version,
                text(resource.resource()),
                text(resource.subresource()),
                text(resource.name()),
                true,
                "",
                fields.text(),
                labels.text());
    }

    private static @Nullable String orAbsent(String text) {
        return text.isEmpty() ? null : text;
    }
}
