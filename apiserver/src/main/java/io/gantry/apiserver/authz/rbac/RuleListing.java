package io.gantry.apiserver.authz.rbac;

import io.gantry.api.rbac.v1.role.PolicyRule;
import io.gantry.apiserver.authn.UserInfo;
import java.util.List;

/// Lists what somebody may do, for SelfSubjectRulesReview.
public final class RuleListing {
    private static final List<PolicyRule> EVERYTHING = List.of(
            new PolicyRule(List.of("*"), List.of("*"), List.of("*"), List.of(), List.of()),
            new PolicyRule(List.of("*"), List.of(), List.of(), List.of(), List.of("*")));

    private final RbacPolicy policy;

    public RuleListing(RbacPolicy policy) {
        this.policy = policy;
    }

    /// The user's rules in a namespace.
    public List<PolicyRule> of(UserInfo user, String namespace) {
        return user.inGroup(UserInfo.MASTERS_GROUP)
                ? EVERYTHING
                : policy.index().rulesOf(user, namespace).stream()
                        .map(CompiledRule::source)
                        .distinct()
                        .toList();
    }
}
