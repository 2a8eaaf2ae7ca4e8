package io.gantry.apiserver.authz;

import io.gantry.apiserver.authn.UserInfo;
import java.util.ArrayList;
import java.util.List;

/// Asks one authorizer after the other, until one of them allows or denies (upstream `authorization/union`).
/// `system:masters` may do everything, whatever the rules say, so that nobody can lock the administrator out.
public final class UnionAuthorizer implements Authorizer {
    private final List<Authorizer> authorizers;

    public UnionAuthorizer(List<Authorizer> authorizers) {
        this.authorizers = List.copyOf(authorizers);
    }

    @Override
    public boolean isReady() {
        return authorizers.stream().allMatch(Authorizer::isReady);
    }

    @Override
    public Decision decide(Attributes attributes) {
        if (attributes.user().inGroup(UserInfo.MASTERS_GROUP)) {
            return Decision.allow("");
        }
        List<String> reasons = new ArrayList<>();
        List<String> errors = new ArrayList<>();
        for (Authorizer authorizer : authorizers) {
            Decision decision = authorizer.decide(attributes);
            if (decision.verdict() != Decision.Verdict.NO_OPINION) {
                return decision;
            }
            told(decision.reason(), reasons);
            told(decision.error(), errors);
        }
        String error = errors.size() > 1 ? "[" + String.join(", ", errors) + "]" : String.join("", errors);
        return new Decision(Decision.Verdict.NO_OPINION, String.join("\n", reasons), error);
    }

    private static void told(String text, List<String> all) {
        if (!text.isEmpty()) {
            all.add(text);
        }
    }
}
