package io.gantry.apiserver.policy;

import io.gantry.api.Json;
import io.gantry.api.admissionregistration.v1.MatchRuleValidation;
import io.gantry.api.admissionregistration.v1.validatingadmissionpolicy.MatchResources;
import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.Names;
import io.gantry.apiserver.objects.Trees;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Checks how policies and bindings are written, apart from their expressions (upstream
/// `pkg/apis/admissionregistration/validation`).
final class PolicyForms {
    private PolicyForms() {}

    /// A policy of either sort.
    static void policy(ObjectNode policy, FieldErrors errors) {
        JsonNode spec = policy.path("spec");
        if (spec.path("paramKind").isObject()) {
            paramKind(spec.get("paramKind"), errors);
        }
        matchResources(spec.path("matchConstraints"), "spec.matchConstraints", errors);
        if (Trees.text(policy, "kind").startsWith("Mutating")) {
            mutating(spec, errors);
        }
    }

    private static void mutating(JsonNode spec, FieldErrors errors) {
        if (!spec.path("matchConstraints").isObject()) {
            errors.required("spec.matchConstraints", "");
        } else if (spec.path("matchConstraints").path("resourceRules").isEmpty()) {
            errors.required("spec.matchConstraints.resourceRules", "");
        }
        if (spec.path("mutations").isEmpty()) {
            errors.required("spec.mutations", "mutations must contain at least one item");
        }
        if (Trees.text(spec, "reinvocationPolicy").isEmpty()) {
            errors.required("spec.reinvocationPolicy", "");
        }
    }

    private static void paramKind(JsonNode kind, FieldErrors errors) {
        String apiVersion = Trees.text(kind, "apiVersion");
        if (apiVersion.isEmpty()) {
            errors.required("spec.paramKind.apiVersion", "");
        } else if (apiVersion.indexOf('/') != apiVersion.lastIndexOf('/')) {
            errors.invalid("spec.paramKind.apiVersion", apiVersion, "unexpected GroupVersion string: " + apiVersion);
        } else if (apiVersion.endsWith("/")) {
            errors.invalid("spec.paramKind.apiVersion", apiVersion, "version must be specified");
        }
        if (Trees.text(kind, "kind").isEmpty()) {
            errors.required("spec.paramKind.kind", "");
        }
    }

    private static void matchResources(JsonNode match, String path, FieldErrors errors) {
        if (match.isObject()) {
            MatchRuleValidation.resources(Json.MAPPER.treeToValue(match, MatchResources.class), path, errors);
        }
    }

    /// A binding of either sort.
    static void binding(JsonNode spec, FieldErrors errors) {
        String policy = Trees.text(spec, "policyName");
        if (policy.isEmpty()) {
            errors.required("spec.policyName", "");
        } else {
            Names.subdomain(policy).forEach(why -> errors.invalid("spec.policyName", policy, why));
        }
        if (spec.path("paramRef").isObject()) {
            paramRef(spec.get("paramRef"), errors);
        }
        matchResources(spec.path("matchResources"), "spec.matchResources", errors);
    }

    private static void paramRef(JsonNode ref, FieldErrors errors) {
        boolean named = !Trees.text(ref, "name").isEmpty();
        boolean selected = ref.path("selector").isObject();
        if (named && selected) {
            errors.forbidden("spec.paramRef.name", "name and selector are mutually exclusive");
        } else if (!named && !selected) {
            errors.required("spec.paramRef", "one of name or selector must be specified");
        }
        String action = Trees.text(ref, "parameterNotFoundAction");
        if (action.isEmpty()) {
            errors.required("spec.paramRef.parameterNotFoundAction", "");
        } else if (!action.equals("Allow") && !action.equals("Deny")) {
            errors.notSupported("spec.paramRef.parameterNotFoundAction", action, List.of("Deny", "Allow"));
        }
    }
}
