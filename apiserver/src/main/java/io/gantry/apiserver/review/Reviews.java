package io.gantry.apiserver.review;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.api.authentication.v1.selfsubjectreview.SelfSubjectReview;
import io.gantry.api.authentication.v1.selfsubjectreview.SelfSubjectReviewBuilder;
import io.gantry.api.authentication.v1.selfsubjectreview.SelfSubjectReviewStatusBuilder;
import io.gantry.api.authentication.v1.tokenreview.TokenReview;
import io.gantry.api.authorization.v1.localsubjectaccessreview.LocalSubjectAccessReview;
import io.gantry.api.authorization.v1.selfsubjectaccessreview.SelfSubjectAccessReview;
import io.gantry.api.authorization.v1.selfsubjectrulesreview.SelfSubjectRulesReview;
import io.gantry.api.authorization.v1.subjectaccessreview.SubjectAccessReview;
import io.gantry.apiserver.authn.UserInfo;
import tools.jackson.databind.node.ObjectNode;

/// Answers a posted review. The one entry for the endpoints.
public final class Reviews {
    private final TokenReviews tokens;
    private final AccessReviews access;
    private final RulesReviews rules;

    public Reviews(TokenReviews tokens, AccessReviews access, RulesReviews rules) {
        this.tokens = tokens;
        this.access = access;
        this.rules = rules;
    }

    /// Whether the Kind is a review.
    public static boolean isReview(String kind) {
        return switch (kind) {
            case "TokenReview",
                    "SelfSubjectReview",
                    "SubjectAccessReview",
                    "SelfSubjectAccessReview",
                    "LocalSubjectAccessReview",
                    "SelfSubjectRulesReview" -> true;
            default -> false;
        };
    }

    /// The answer to a review.
    ///
    /// @param kind one for which [#isReview] holds
    /// @param namespace of the request path, for LocalSubjectAccessReview
    /// @param user who asks
    /// @param body the decoded and defaulted review, not changed
    /// @throws StatusException 400 and 422 for what makes no sense
    public ObjectNode answer(String kind, String namespace, UserInfo user, ObjectNode body) {
        Object answer = switch (kind) {
            case "TokenReview" -> tokens.review(Json.MAPPER.treeToValue(body, TokenReview.class));
            case "SelfSubjectReview" -> whoAmI(Json.MAPPER.treeToValue(body, SelfSubjectReview.class), user);
            case "SubjectAccessReview" -> anyAccess(kind, body);
            case "SelfSubjectAccessReview" -> ownAccess(kind, user, body);
            case "LocalSubjectAccessReview" -> localAccess(kind, namespace, body);
            case "SelfSubjectRulesReview" ->
                rules.review(Json.MAPPER.treeToValue(body, SelfSubjectRulesReview.class), user);
            default -> throw StatusException.noSuchPath();
        };
        return Json.MAPPER.valueToTree(answer);
    }

    private SubjectAccessReview anyAccess(String kind, ObjectNode body) {
        SubjectAccessReview review = Json.MAPPER.treeToValue(body, SubjectAccessReview.class);
        new AccessReviewRules()
                .object(review.spec().resourceAttributes(), review.spec().nonResourceAttributes())
                .subject(review.spec())
                .metadata(body, false)
                .check(kind);
        return access.review(review);
    }

    private SelfSubjectAccessReview ownAccess(String kind, UserInfo user, ObjectNode body) {
        SelfSubjectAccessReview review = Json.MAPPER.treeToValue(body, SelfSubjectAccessReview.class);
        new AccessReviewRules()
                .object(review.spec().resourceAttributes(), review.spec().nonResourceAttributes())
                .metadata(body, false)
                .check(kind);
        return access.review(review, user);
    }

    private LocalSubjectAccessReview localAccess(String kind, String namespace, ObjectNode body) {
        LocalSubjectAccessReview review = Json.MAPPER.treeToValue(body, LocalSubjectAccessReview.class);
        new AccessReviewRules()
                .object(review.spec().resourceAttributes(), review.spec().nonResourceAttributes())
                .subject(review.spec())
                .metadata(body, true)
                .local(
                        namespace,
                        review.spec().resourceAttributes(),
                        review.spec().nonResourceAttributes())
                .check(kind);
        return access.review(review);
    }

    private static SelfSubjectReview whoAmI(SelfSubjectReview review, UserInfo user) {
        return SelfSubjectReviewBuilder.builder(review)
                .status(SelfSubjectReviewStatusBuilder.builder()
                        .userInfo(Users.toApi(user))
                        .build())
                .build();
    }
}
