package io.gantry.apiserver.policy;

import io.gantry.api.StatusException;
import io.gantry.apiserver.admission.AdmissionAttributes;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Finds which bindings of a policy a request is for, for both sorts of policies (upstream
/// `admission/plugin/policy/generic/policy_dispatcher.go`).
record PolicyDispatch(
        RequestMatcher matcher,
        Params params,
        AdmissionAttributes attributes,
        ObjectNode object,
        Optional<ObjectNode> old) {
    /// What is done with what is found.
    interface Findings {
        /// The policy, or one binding of it, cannot be used as it is configured.
        void misconfigured(LazyPolicy policy, Optional<Binding> binding, String why);

        /// The request is for the policy by this binding.
        void bound(LazyPolicy policy, Binding binding, Matched matched) throws PolicyFailure;
    }

    void dispatch(PolicySource.Hook hook, Findings to) {
        LazyPolicy policy = hook.policy();
        Optional<Matched> matched;
        try {
            matched = matcher.match(policy.rules(), attributes, object, old);
            if (matched.isEmpty()) {
                return;
            }
            params.check(policy.paramKind());
        } catch (PolicyFailure | StatusException failed) {
            to.misconfigured(policy, Optional.empty(), String.valueOf(failed.getMessage()));
            return;
        }
        for (Binding binding : hook.bindings()) {
            try {
                if (matcher.match(binding.rules(), attributes, object, old).isPresent()) {
                    to.bound(policy, binding, matched.get());
                }
            } catch (PolicyFailure | StatusException failed) {
                to.misconfigured(policy, Optional.of(binding), String.valueOf(failed.getMessage()));
            }
        }
    }
}
