package io.gantry.apiserver.authz.rbac;

import io.gantry.apiserver.authz.Attributes;
import io.gantry.apiserver.authz.Authorizer;
import io.gantry.apiserver.authz.Decision;

/// Allows what a role bound to the user, or to one of his groups, allows. A decision is a few lookups in hash maps.
public final class RbacAuthorizer implements Authorizer {
    private final RbacPolicy policy;

    public RbacAuthorizer(RbacPolicy policy) {
        this.policy = policy;
    }

    @Override
    public Decision decide(Attributes attributes) {
        return policy.index().allowed(attributes).map(Decision::allow).orElseGet(() -> Decision.noOpinion(""));
    }
}
