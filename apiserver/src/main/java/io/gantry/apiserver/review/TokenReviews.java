package io.gantry.apiserver.review;

import io.gantry.api.StatusException;
import io.gantry.api.authentication.v1.tokenreview.TokenReview;
import io.gantry.api.authentication.v1.tokenreview.TokenReviewBuilder;
import io.gantry.api.authentication.v1.tokenreview.TokenReviewStatus;
import io.gantry.apiserver.authn.RefusedToken;
import io.gantry.apiserver.authn.TokenAuthenticator;
import io.gantry.apiserver.authn.UserInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Whose token is this, and is it meant for the one who asks.
public final class TokenReviews {
    private final TokenAuthenticator tokens;
    private final List<String> ownAudiences;

    /// @param ownAudiences the API server's, which count when the review names none
    public TokenReviews(TokenAuthenticator tokens, List<String> ownAudiences) {
        this.tokens = tokens;
        this.ownAudiences = List.copyOf(ownAudiences);
    }

    /// @throws StatusException 400 without a token
    public TokenReview review(TokenReview review) {
        String token = review.spec().token();
        if (token == null || token.isEmpty()) {
            throw StatusException.badRequest("token is required for TokenReview in authentication");
        }
        List<String> wanted = review.spec().audiences().isEmpty()
                ? ownAudiences
                : review.spec().audiences();
        return TokenReviewBuilder.builder(review)
                .status(status(token, wanted, !review.spec().audiences().isEmpty()))
                .build();
    }

    private TokenReviewStatus status(String token, List<String> wanted, boolean asked) {
        Optional<TokenAuthenticator.Authenticated> found;
        try {
            found = tokens.authenticate(token);
        } catch (RefusedToken refused) {
            return new TokenReviewStatus(null, null, List.of(), "[invalid bearer token, " + refused.why() + "]");
        }
        if (found.isEmpty()) {
            return new TokenReviewStatus(null, null, List.of(), "[invalid bearer token]");
        }
        List<String> audiences =
                found.get().audiences().isEmpty() ? ownAudiences : found.get().audiences();
        List<String> common = wanted.stream().filter(audiences::contains).toList();
        if (common.isEmpty()) {
            return new TokenReviewStatus(
                    null,
                    null,
                    List.of(),
                    "[token audiences " + audiences + " is invalid for the target audiences " + wanted + "]");
        }
        return new TokenReviewStatus(
                true, Users.toApi(authenticated(found.get().user())), asked ? common : List.copyOf(audiences), null);
    }

    private static UserInfo authenticated(UserInfo user) {
        List<String> groups = new ArrayList<>(user.groups());
        if (!groups.contains(UserInfo.AUTHENTICATED_GROUP)) {
            groups.add(UserInfo.AUTHENTICATED_GROUP);
        }
        return new UserInfo(user.name(), user.uid(), groups, user.extra());
    }
}
