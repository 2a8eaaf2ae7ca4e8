package io.gantry.api.flowcontrol.v1.flowschema;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindRules;
import io.gantry.api.kind.Names;
import io.gantry.api.validation.References;
import java.util.List;

/// Rules of FlowSchemas (upstream `pkg/apis/flowcontrol/validation`).
public final class FlowSchemaRules implements KindRules<FlowSchema> {
    private static final int MAX_PRECEDENCE = 10000;

    @Override
    public void validate(FlowSchema object, FieldErrors errors) {
        FlowSchemaSpec spec = object.spec();
        Integer precedence = spec.matchingPrecedence();
        if (precedence != null && precedence <= 0) {
            errors.invalid("spec.matchingPrecedence", precedence, "must be a positive value");
        }
        if (precedence != null && precedence > MAX_PRECEDENCE) {
            errors.invalid("spec.matchingPrecedence", precedence, "must not be greater than " + MAX_PRECEDENCE);
        }
        if (precedence != null
                && precedence == 1
                && !"exempt".equals(object.metadata().name())) {
            errors.invalid(
                    "spec.matchingPrecedence", 1, "only the schema named 'exempt' may have matchingPrecedence 1");
        }
        if (spec.priorityLevelConfiguration() == null) {
            errors.required("spec.priorityLevelConfiguration.name", "must reference a priority level");
        } else {
            References.requiredFormat(
                    spec.priorityLevelConfiguration().name(),
                    Names::subdomain,
                    "spec.priorityLevelConfiguration.name",
                    errors);
        }
        if (spec.distinguisherMethod() != null) {
            References.oneOf(
                    spec.distinguisherMethod().type(),
                    List.of("ByNamespace", "ByUser"),
                    "spec.distinguisherMethod.type",
                    errors);
        }
        for (int i = 0; i < spec.rules().size(); i++) {
            PolicyRulesWithSubjects rule = spec.rules().get(i);
            String at = "spec.rules[" + i + "]";
            if (rule.subjects().isEmpty()) {
                errors.required(at + ".subjects", "subjects must contain at least one value");
            }
            if (rule.resourceRules().isEmpty() && rule.nonResourceRules().isEmpty()) {
                errors.required(at, "at least one of resourceRules and nonResourceRules has to be non-empty");
            }
            FlowRuleValidation.check(rule, at, errors);
        }
    }
}
