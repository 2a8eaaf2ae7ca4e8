package io.gantry.apiserver.authz.rbac;

import io.gantry.api.rbac.v1.role.PolicyRule;
import io.gantry.apiserver.authz.Attributes;
import io.gantry.apiserver.authz.Authorizer;
import io.gantry.apiserver.authz.Decision;
import java.util.List;

/// Rules that hold for everybody who is asked about.
public final class FixedRules implements Authorizer {
    private final List<CompiledRule> rules;

    public FixedRules(List<PolicyRule> rules) {
        this.rules = rules.stream().map(CompiledRule::of).toList();
    }

    @Override
    public Decision decide(Attributes attributes) {
        for (CompiledRule rule : rules) {
            if (rule.allows(attributes)) {
                return Decision.allow("");
            }
        }
        return Decision.noOpinion("");
    }
}
