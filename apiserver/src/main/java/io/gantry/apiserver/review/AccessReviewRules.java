package io.gantry.apiserver.review;

import static io.gantry.api.validation.References.text;

import io.gantry.api.StatusException;
import io.gantry.api.authorization.v1.subjectaccessreview.FieldSelectorRequirement;
import io.gantry.api.authorization.v1.subjectaccessreview.NonResourceAttributes;
import io.gantry.api.authorization.v1.subjectaccessreview.ResourceAttributes;
import io.gantry.api.authorization.v1.subjectaccessreview.SubjectAccessReviewSpec;
import io.gantry.api.kind.FieldErrors;
import io.gantry.api.validation.LabelValidation;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a review of access may ask (upstream `apis/authorization/validation`).
final class AccessReviewRules {
    private static final String REQUIREMENTS = "spec.resourceAttributes.%s.requirements[%d]";

    private final FieldErrors errors = new FieldErrors();

    /// Who is asked about.
    AccessReviewRules subject(SubjectAccessReviewSpec spec) {
        if (isEmpty(spec.user()) && spec.groups().isEmpty()) {
            errors.invalid("spec.user", "", "at least one of user or group must be specified");
        }
        return this;
    }

    /// What it is about.
    AccessReviewRules object(@Nullable ResourceAttributes resource, @Nullable NonResourceAttributes path) {
        if (resource != null && path != null) {
            errors.invalid(
                    "spec.nonResourceAttributes", path, "cannot be specified in combination with resourceAttributes");
        }
        if (resource == null && path == null) {
            errors.invalid(
                    "spec.resourceAttributes",
                    null,
                    "exactly one of nonResourceAttributes or resourceAttributes must be specified");
        }
        if (resource != null && resource.fieldSelector() != null) {
            var fields = resource.fieldSelector();
            selector("fieldSelector", fields.rawSelector(), fields.requirements());
            for (int i = 0; i < fields.requirements().size(); i++) {
                requirement(fields.requirements().get(i), REQUIREMENTS.formatted("fieldSelector", i));
            }
        }
        if (resource != null && resource.labelSelector() != null) {
            var labels = resource.labelSelector();
            selector("labelSelector", labels.rawSelector(), labels.requirements());
            for (int i = 0; i < labels.requirements().size(); i++) {
                String at = REQUIREMENTS.formatted("labelSelector", i);
                LabelValidation.requirement(labels.requirements().get(i), true, at, errors);
            }
        }
        return this;
    }

    /// Operators that a later version may have are no fault.
    private void requirement(FieldSelectorRequirement requirement, String path) {
        if (isEmpty(requirement.key())) {
            errors.required(path + ".key", "must be specified");
        }
        LabelValidation.operator(text(requirement.operator()), requirement.values(), true, path, errors);
    }

    private void selector(String field, @Nullable String raw, List<?> requirements) {
        String path = "spec.resourceAttributes." + field;
        if (!isEmpty(raw) && !requirements.isEmpty()) {
            errors.invalid(path + ".rawSelector", raw, "may not specified at the same time as requirements");
        }
        if (isEmpty(raw) && requirements.isEmpty()) {
            errors.required(
                    path + ".requirements", "when " + path + " is specified, requirements or rawSelector is required");
        }
    }

    /// A review that is bound to a namespace asks about that one alone.
    AccessReviewRules local(
            String namespace, @Nullable ResourceAttributes resource, @Nullable NonResourceAttributes path) {
        if (resource != null && !namespace.equals(resource.namespace() == null ? "" : resource.namespace())) {
            errors.invalid("spec.resourceAttributes.namespace", resource.namespace(), "must match metadata.namespace");
        }
        if (path != null) {
            errors.invalid("spec.nonResourceAttributes", path, "disallowed on this kind of request");
        }
        return this;
    }

    /// A review is no object: it has no metadata.
    ///
    /// @param namespaced whether it has a namespace after all; what else names one is not looked at, as of
    ///     every object of the whole cluster
    AccessReviewRules metadata(ObjectNode review, boolean namespaced) {
        ObjectNode rest =
                review.path("metadata") instanceof ObjectNode metadata ? metadata.deepCopy() : review.objectNode();
        rest.remove(List.of("managedFields", "namespace"));
        if (rest.properties().stream().anyMatch(field -> isSet(field.getValue()))) {
            errors.invalid(
                    "metadata",
                    review.path("metadata"),
                    namespaced ? "must be empty except for namespace" : "must be empty");
        }
        return this;
    }

    private static boolean isSet(JsonNode value) {
        return !value.isNull()
                && !(value.isString() && value.stringValue().isEmpty())
                && !(value.isContainer() && value.isEmpty());
    }

    private static boolean isEmpty(@Nullable String text) {
        return text == null || text.isEmpty();
    }

    /// @throws StatusException 422 for what was found
    void check(String kind) {
        if (!errors.isEmpty()) {
            throw StatusException.invalid("authorization.k8s.io", kind, "", errors.all());
        }
    }
}
