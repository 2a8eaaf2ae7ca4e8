package io.gantry.apiserver.policy;

import io.gantry.api.StatusException;
import io.gantry.apiserver.admission.AdmissionAttributes;
import io.gantry.apiserver.authz.Authorizer;
import io.gantry.apiserver.objects.Trees;
import io.gantry.apiserver.registry.Resources;
import io.gantry.apiserver.webhook.ConditionMatcher;
import io.gantry.cel.Environment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Evaluates the `matchConditions` of webhooks. Thread-safe; each expression is compiled once.
public final class WebhookConditions implements ConditionMatcher {
    private static final int MAX_KEPT = 10_000;

    private final Resources resources;
    private final Authorizer authorizer;
    private final Map<String, Compiled> compiled = new ConcurrentHashMap<>();

    public WebhookConditions(Resources resources, Authorizer authorizer) {
        this.resources = resources;
        this.authorizer = authorizer;
    }

    @Override
    public boolean matches(
            String webhook,
            List<JsonNode> conditions,
            boolean ignoresFailure,
            AdmissionAttributes attributes,
            ObjectNode object,
            Optional<ObjectNode> old) {
        List<Compiled> expressions = new ArrayList<>();
        conditions.forEach(condition -> expressions.add(compile(Trees.text(condition, "expression"))));
        RequestScope scope = new RequestScope(
                attributes,
                Matched.AS_REQUESTED,
                Optional.ofNullable(resources.find(attributes.group(), attributes.version(), attributes.resource())),
                object,
                old,
                Optional.empty(),
                Optional.empty(),
                authorizer);
        try {
            return PolicyRun.hold(expressions, new PolicyRun(scope, List.of(), PolicyRun.CONDITIONS_BUDGET));
        } catch (PolicyFailure failed) {
            if (ignoresFailure) {
                return false;
            }
            throw StatusException.forbidden(
                    attributes.group(), attributes.resource(), attributes.name(), failed.text());
        }
    }

    private Compiled compile(String expression) {
        if (compiled.size() > MAX_KEPT) {
            compiled.clear();
        }
        return compiled.computeIfAbsent(expression, Conditions::compile);
    }

    /// The environment of conditions, made at the first one.
    static final class Conditions {
        private static final Environment ENVIRONMENT = Environment.of(
                PolicyCompiler.conditionVariables(), List.of(PolicyTypes.REQUEST, PolicyTypes.NAMESPACE));

        private Conditions() {}

        static Compiled compile(String expression) {
            return Compiled.of(ENVIRONMENT, "", expression, Compiled.BOOL);
        }
    }
}
