package io.gantry.apiserver.policy;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.Names;
import io.gantry.apiserver.objects.Trees;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Compiles the expressions of what is written, and says what is wrong with them (upstream
/// `pkg/apis/admissionregistration/validation`).
final class PolicyChecks {
    private static final int MAX_CONDITIONS = 64;
    private static final int MAX_ANNOTATIONS = 20;
    private static final Pattern IDENTIFIER = Pattern.compile("[_a-zA-Z][_a-zA-Z0-9]*");

    private final FieldErrors errors;

    private PolicyChecks(FieldErrors errors) {
        this.errors = errors;
    }

    /// Checks a policy of either sort.
    static void policy(ObjectNode policy, FieldErrors errors) {
        new PolicyChecks(errors).policy(policy.path("spec"));
    }

    /// Checks the conditions of a configuration's webhooks.
    static void webhooks(ObjectNode configuration, FieldErrors errors) {
        List<JsonNode> webhooks = Trees.list(configuration, "webhooks");
        for (int w = 0; w < webhooks.size(); w++) {
            List<JsonNode> conditions = Trees.list(webhooks.get(w), "matchConditions");
            String list = "webhooks[" + w + "].matchConditions";
            for (int i = 0; i < conditions.size(); i++) {
                String source = Trees.text(conditions.get(i), "expression");
                String path = list + "[" + i + "].expression";
                if (source.isBlank()) {
                    errors.required(path, "");
                } else {
                    report(WebhookConditions.Conditions.compile(source), path, errors);
                }
            }
            names(conditions.stream().map(each -> Trees.text(each, "name")).toList(), list, errors);
        }
    }

    private static void report(Compiled compiled, String path, FieldErrors errors) {
        if (!compiled.error().isEmpty()) {
            errors.invalid(path, compiled.source(), compiled.error());
        }
    }

    private void policy(JsonNode spec) {
        CompiledPolicy compiled = PolicyCompiler.compileSpec(spec);
        conditions(compiled);
        for (int i = 0; i < compiled.variables().size(); i++) {
            Compiled variable = compiled.variables().get(i);
            String path = "spec.variables[" + i + "]";
            if (variable.name().isBlank()) {
                errors.required(path + ".name", "name is not specified");
            } else if (!IDENTIFIER.matcher(variable.name()).matches()) {
                errors.invalid(path + ".name", variable.name(), "name is not a valid CEL identifier");
            }
            required(variable, path + ".expression", "expression is not specified");
        }
        for (int i = 0; i < compiled.validations().size(); i++) {
            validation(compiled.validations().get(i), spec.path("validations").get(i), "spec.validations[" + i + "]");
        }
        if (compiled.annotations().size() > MAX_ANNOTATIONS) {
            errors.invalid(
                    "spec.auditAnnotations",
                    spec.path("auditAnnotations"),
                    "must not have more than " + MAX_ANNOTATIONS + " auditAnnotations");
        }
        for (int i = 0; i < compiled.annotations().size(); i++) {
            String path = "spec.auditAnnotations[" + i + "].valueExpression";
            required(compiled.annotations().get(i), path, "valueExpression is not specified");
        }
        mutations(spec, compiled);
    }

    private void conditions(CompiledPolicy compiled) {
        String list = "spec.matchConditions";
        for (int i = 0; i < compiled.conditions().size(); i++) {
            required(compiled.conditions().get(i), list + "[" + i + "].expression", "");
        }
        names(compiled.conditions().stream().map(Compiled::name).toList(), list, errors);
    }

    /// What conditions are called, and that there are not too many.
    private static void names(List<String> names, String list, FieldErrors errors) {
        if (names.size() > MAX_CONDITIONS) {
            errors.tooMany(list, names.size(), MAX_CONDITIONS);
        }
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            String path = list + "[" + i + "].name";
            if (name.isEmpty()) {
                errors.required(path, "");
                continue;
            }
            Names.qualified(name).forEach(why -> errors.invalid(path, name, why));
            if (names.subList(0, i).contains(name)) {
                errors.duplicate(path, name);
            }
        }
    }

    private void required(Compiled compiled, String path, String why) {
        if (compiled.source().isBlank()) {
            errors.required(path, why);
        } else {
            report(compiled, path, errors);
        }
    }

    private void validation(CompiledPolicy.Validation validation, JsonNode tree, String path) {
        required(validation.expression(), path + ".expression", "expression is not specified");
        validation.message().ifPresent(message -> report(message, path + ".messageExpression", errors));
        String messageExpression = Trees.text(tree, "messageExpression");
        if (!messageExpression.isEmpty() && messageExpression.isBlank()) {
            errors.invalid(path + ".messageExpression", messageExpression, "must be non-empty if specified");
        }
        String message = Trees.text(tree, "message");
        if (!message.isEmpty() && message.isBlank()) {
            errors.invalid(path + ".message", message, "message must be non-empty if specified");
        } else if (message.strip().contains("\n")) {
            errors.invalid(path + ".message", message, "message must not contain line breaks");
        }
        List<String> reasons = List.of("Forbidden", "Invalid", "RequestEntityTooLarge", "Unauthorized");
        if (!validation.reason().isEmpty() && !reasons.contains(validation.reason())) {
            errors.notSupported(path + ".reason", validation.reason(), reasons);
        }
    }

    private void mutations(JsonNode spec, CompiledPolicy compiled) {
        for (int i = 0; i < compiled.mutations().size(); i++) {
            CompiledPolicy.Mutation mutation = compiled.mutations().get(i);
            JsonNode tree = spec.path("mutations").get(i);
            String path = "spec.mutations[" + i + "]";
            String wanted = mutation.jsonPatch() ? "jsonPatch" : "applyConfiguration";
            if (!tree.path(wanted).isObject()) {
                errors.required(
                        path + "." + wanted, "must be specified when patchType is " + Trees.text(tree, "patchType"));
            } else {
                required(mutation.expression(), path + "." + wanted + ".expression", "expression is not specified");
            }
        }
    }
}
