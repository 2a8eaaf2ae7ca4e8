package io.gantry.apiserver.policy;

import io.gantry.api.admissionregistration.v1.mutatingadmissionpolicy.MutatingAdmissionPolicyKind;
import io.gantry.api.admissionregistration.v1.mutatingadmissionpolicybinding.MutatingAdmissionPolicyBindingKind;
import io.gantry.apiserver.admission.AdmissionAttributes;
import io.gantry.apiserver.admission.AdmissionMatching;
import io.gantry.apiserver.admission.AdmissionPlugin;
import io.gantry.apiserver.admission.Reinvocation;
import io.gantry.apiserver.authz.Authorizer;
import io.gantry.apiserver.objects.ObjectReader;
import io.gantry.apiserver.objects.Trees;
import io.gantry.apiserver.registry.Resources;
import io.gantry.apiserver.registry.ServedResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Changes objects by the MutatingAdmissionPolicies that are bound, one after the other in the order of their names
/// (upstream `admission/plugin/policy/mutating/dispatcher.go`). Thread-safe.
public final class MutatingPolicies implements AdmissionPlugin {
    private final PolicySource source;
    private final RequestMatcher matcher;
    private final Params params;
    private final Authorizer authorizer;

    public MutatingPolicies(ObjectReader reader, Resources resources, Authorizer authorizer) {
        this.source =
                new PolicySource(reader, MutatingAdmissionPolicyKind.KIND, MutatingAdmissionPolicyBindingKind.KIND);
        this.matcher = new RequestMatcher(reader, resources);
        this.params = new Params(resources);
        this.authorizer = authorizer;
    }

    @Override
    public String name() {
        return "MutatingAdmissionPolicy";
    }

    @Override
    public boolean isBrief() {
        return source.isEmpty();
    }

    @Override
    public void mutate(AdmissionAttributes attributes, ObjectNode object, Optional<ObjectNode> old) {
        List<PolicySource.Hook> hooks = source.hooks();
        if (hooks.isEmpty() || object.isEmpty() || AdmissionMatching.isExemptFromPolicies(attributes)) {
            return;
        }
        Reinvocation rounds = Reinvocation.begin(this, attributes, object);
        Round round = new Round(attributes, object, old, rounds);
        hooks.forEach(round::policy);
        rounds.end(object);
        round.finish();
    }

    /// All policies for one request, once.
    private final class Round implements PolicyDispatch.Findings {
        private final AdmissionAttributes attributes;
        private final ObjectNode object;
        private final Optional<ObjectNode> old;
        private final Reinvocation rounds;
        private final List<String> errors = new ArrayList<>();
        private String reason = "";

        Round(AdmissionAttributes attributes, ObjectNode object, Optional<ObjectNode> old, Reinvocation rounds) {
            this.attributes = attributes;
            this.object = object;
            this.old = old;
            this.rounds = rounds;
        }

        void policy(PolicySource.Hook hook) {
            new PolicyDispatch(matcher, params, attributes, object, old).dispatch(hook, this);
        }

        @Override
        public void misconfigured(LazyPolicy policy, Optional<Binding> binding, String why) {
            String what = binding.isPresent() ? "binding" : "policy";
            refused(policy, binding, "failed to configure " + what + ": " + why, "");
        }

        private void refused(LazyPolicy policy, Optional<Binding> binding, String why, String statusReason) {
            if (policy.ignoresFailure()) {
                return;
            }
            if (errors.isEmpty()) {
                reason = statusReason;
            }
            errors.add(binding.map(b -> "policy '" + policy.name() + "' with binding '" + b.name() + "'")
                            .orElse("policy \"" + policy.name() + "\"")
                    + " denied request: " + why);
        }

        @Override
        public void bound(LazyPolicy policy, Binding binding, Matched matched) throws PolicyFailure {
            for (Optional<ObjectNode> param : params.collect(policy.paramKind(), binding, attributes.namespace())) {
                String key = policy.name() + "/" + binding.name() + "/"
                        + param.map(p -> Trees.namespace(p) + "/" + Trees.name(p))
                                .orElse("");
                if (rounds.skips(attributes, key)) {
                    continue;
                }
                ObjectNode before = object.deepCopy();
                if (!invoke(policy, binding, matched, param)) {
                    continue;
                }
                if (!before.equals(object)) {
                    rounds.changed(attributes);
                }
                if (policy.compiled().reinvoked()) {
                    rounds.invoked(key);
                }
            }
        }

        /// @return whether the policy's conditions hold
        private boolean invoke(LazyPolicy policy, Binding binding, Matched matched, Optional<ObjectNode> param) {
            CompiledPolicy compiled = policy.compiled();
            try {
                PolicyRun conditions =
                        new PolicyRun(scope(matched, param), compiled.variables(), PolicyRun.CONDITIONS_BUDGET);
                if (!PolicyRun.hold(compiled.conditions(), conditions)) {
                    return false;
                }
            } catch (PolicyFailure failed) {
                refused(policy, Optional.of(binding), failed.text(), "Invalid");
                return false;
            }
            for (CompiledPolicy.Mutation mutation : compiled.mutations()) {
                try {
                    apply(compiled, mutation, matched, param);
                } catch (PolicyFailure failed) {
                    refused(policy, Optional.of(binding), failed.text(), "Invalid");
                }
            }
            return true;
        }

        private RequestScope scope(Matched matched, Optional<ObjectNode> param) {
            Optional<ServedResource> requested = matcher.requested(attributes);
            return new RequestScope(
                    attributes,
                    matched,
                    requested,
                    matched.toPolicy(object.deepCopy(), requested),
                    old.map(o -> matched.toPolicy(o, requested)),
                    matcher.namespace(attributes),
                    param,
                    authorizer);
        }

        private void apply(
                CompiledPolicy compiled, CompiledPolicy.Mutation mutation, Matched matched, Optional<ObjectNode> param)
                throws PolicyFailure {
            if (mutation.expression().expression().isEmpty()) {
                throw new PolicyFailure(mutation.expression().error());
            }
            Optional<ServedResource> requested = matcher.requested(attributes);
            PolicyRun.Outcome outcome;
            try {
                PolicyRun run = new PolicyRun(scope(matched, param), compiled.variables(), PolicyRun.BUDGET);
                outcome = run.evaluate(mutation.expression());
            } catch (PolicyRun.OutOfBudget exceeded) {
                throw new PolicyFailure(String.valueOf(exceeded.getMessage()));
            }
            if (outcome.failed()) {
                throw new PolicyFailure(outcome.error());
            }
            ObjectNode seen = matched.toPolicy(object.deepCopy(), requested);
            Mutator mutator = new Mutator(matched.other().or(() -> requested));
            ObjectNode patched = mutation.jsonPatch()
                    ? mutator.patch(seen, outcome.value().orElseThrow())
                    : mutator.merge(seen, outcome.value().orElseThrow());
            ObjectNode result = matched.fromPolicy(patched, requested);
            requested
                    .filter(resource -> resource.kind().equals(Trees.text(result, "kind")))
                    .ifPresent(resource -> resource.rules().defaults(result));
            object.removeAll();
            object.setAll(result);
        }

        void finish() {
            if (!errors.isEmpty()) {
                throw Denial.status(
                        attributes,
                        object,
                        403,
                        reason.isEmpty() ? "Forbidden" : reason,
                        Optional.of(errors.getFirst()),
                        errors);
            }
        }
    }
}
