package io.gantry.apiserver.policy;

import io.gantry.api.Json;
import io.gantry.api.admissionregistration.v1.validatingadmissionpolicy.ValidatingAdmissionPolicyKind;
import io.gantry.api.admissionregistration.v1.validatingadmissionpolicybinding.ValidatingAdmissionPolicyBindingKind;
import io.gantry.apiserver.admission.AdmissionAttributes;
import io.gantry.apiserver.admission.AdmissionMatching;
import io.gantry.apiserver.admission.AdmissionMetrics;
import io.gantry.apiserver.admission.AdmissionPlugin;
import io.gantry.apiserver.authz.Authorizer;
import io.gantry.apiserver.objects.ObjectReader;
import io.gantry.apiserver.registry.Resources;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Refuses, warns or notes by the ValidatingAdmissionPolicies that are bound (upstream
/// `admission/plugin/policy/validating/dispatcher.go`). Thread-safe.
public final class ValidatingPolicies implements AdmissionPlugin {
    private static final String FAILURES = "validation.policy.admission.k8s.io/validation_failure";
    private static final String NO_ERROR = "no_error";
    private static final int MAX_FAILURES = 50;
    private static final int MAX_ANNOTATION = 10 * 1024;

    private final PolicySource source;
    private final RequestMatcher matcher;
    private final Params params;
    private final Authorizer authorizer;
    private final AdmissionMetrics metrics;

    public ValidatingPolicies(
            ObjectReader reader, Resources resources, Authorizer authorizer, AdmissionMetrics metrics) {
        this.metrics = metrics;
        this.source =
                new PolicySource(reader, ValidatingAdmissionPolicyKind.KIND, ValidatingAdmissionPolicyBindingKind.KIND);
        this.matcher = new RequestMatcher(reader, resources);
        this.params = new Params(resources);
        this.authorizer = authorizer;
    }

    @Override
    public String name() {
        return "ValidatingAdmissionPolicy";
    }

    @Override
    public boolean isBrief() {
        return source.isEmpty();
    }

    @Override
    public void validate(AdmissionAttributes attributes, ObjectNode object, Optional<ObjectNode> old) {
        List<PolicySource.Hook> hooks = source.hooks();
        if (!hooks.isEmpty() && !AdmissionMatching.isExemptFromPolicies(attributes)) {
            Round round = new Round(attributes, object, old);
            hooks.forEach(round::policy);
            round.finish();
        }
    }

    /// All policies for one request.
    private final class Round implements PolicyDispatch.Findings {
        private final AdmissionAttributes attributes;
        private final ObjectNode object;
        private final Optional<ObjectNode> old;
        private final List<Denial> denials = new ArrayList<>();
        /// What the policy that is looked at notes.
        private final Map<String, Set<String>> annotations = new LinkedHashMap<>();
        private final ArrayNode failures = Json.MAPPER.createArrayNode();

        Round(AdmissionAttributes attributes, ObjectNode object, Optional<ObjectNode> old) {
            this.attributes = attributes;
            this.object = object;
            this.old = old;
        }

        void policy(PolicySource.Hook hook) {
            new PolicyDispatch(matcher, params, attributes, object, old).dispatch(hook, this);
            annotations.forEach((key, values) ->
                    attributes.notes().annotate(hook.policy().name() + "/" + key, String.join(", ", values)));
            annotations.clear();
        }

        @Override
        public void misconfigured(LazyPolicy policy, Optional<Binding> binding, String why) {
            if (!policy.ignoresFailure()) {
                String what = binding.isPresent() ? "binding" : "policy";
                denials.add(Denial.of(policy.name(), binding, "failed to configure " + what + ": " + why, ""));
            }
        }

        @Override
        public void bound(LazyPolicy policy, Binding binding, Matched matched) throws PolicyFailure {
            CompiledPolicy compiled = policy.compiled();
            var requested = matcher.requested(attributes);
            for (Optional<ObjectNode> param : params.collect(policy.paramKind(), binding, attributes.namespace())) {
                RequestScope scope = new RequestScope(
                        attributes,
                        matched,
                        requested,
                        matched.toPolicy(object, requested),
                        old.map(o -> matched.toPolicy(o, requested)),
                        matcher.namespace(attributes),
                        param,
                        authorizer);
                long start = System.nanoTime();
                PolicyValidation.Result result = PolicyValidation.run(compiled, scope, policy.ignoresFailure());
                count(policy, binding, result, System.nanoTime() - start);
                decide(policy, binding, result);
                result.annotations()
                        .forEach((key, value) -> annotations
                                .computeIfAbsent(key, k -> new LinkedHashSet<>())
                                .add(value.length() > MAX_ANNOTATION ? value.substring(0, MAX_ANNOTATION) : value));
                result.annotationErrors()
                        .forEach(error -> denials.add(Denial.of(policy.name(), Optional.of(binding), error, "")));
            }
        }

        private void count(LazyPolicy policy, Binding binding, PolicyValidation.Result result, long nanos) {
            if (result.denied().isEmpty()) {
                metrics.policy(policy.name(), binding.name(), "allow", NO_ERROR, nanos);
                return;
            }
            for (String action : binding.actions()) {
                metrics.policy(policy.name(), binding.name(), action.toLowerCase(Locale.ROOT), NO_ERROR, nanos);
            }
        }

        private void decide(LazyPolicy policy, Binding binding, PolicyValidation.Result result) {
            for (PolicyValidation.Decision decision : result.denied()) {
                for (String action : binding.actions()) {
                    switch (action) {
                        case "Deny" ->
                            denials.add(Denial.of(
                                    policy.name(), Optional.of(binding), decision.message(), decision.reason()));
                        case "Warn" ->
                            attributes
                                    .warnings()
                                    .accept("Validation failed for ValidatingAdmissionPolicy '" + policy.name()
                                            + "' with binding '" + binding.name() + "': " + decision.message());
                        default -> note(policy, binding, decision);
                    }
                }
            }
        }

        private void note(LazyPolicy policy, Binding binding, PolicyValidation.Decision decision) {
            if (failures.size() < MAX_FAILURES) {
                ObjectNode failure = failures.addObject();
                failure.put("message", decision.message()).put("policy", policy.name());
                failure.put("binding", binding.name()).put("expressionIndex", decision.index());
                binding.actions().forEach(failure.putArray("validationActions")::add);
            }
        }

        void finish() {
            if (!failures.isEmpty()) {
                attributes.notes().annotate(FAILURES, failures.toString());
            }
            if (!denials.isEmpty()) {
                throw denials.getFirst().refusal(attributes, object);
            }
        }
    }
}
