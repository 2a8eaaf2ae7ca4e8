package io.gantry.apiserver.authz;

import io.gantry.apiserver.authn.UserInfo;
import java.util.List;

/// Allows what one of its authorizers allows. `system:masters` may do everything, whatever the rules say,
/// so that nobody can lock the administrator out.
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
        String reasons = "";
        for (Authorizer authorizer : authorizers) {
            Decision decision = authorizer.decide(attributes);
            if (decision.allowed()) {
                return decision;
            }
            if (!decision.reason().isEmpty()) {
                reasons = reasons.isEmpty() ? decision.reason() : reasons + ", " + decision.reason();
            }
        }
        return Decision.deny(reasons);
    }
}
