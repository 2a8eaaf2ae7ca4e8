package io.gantry.api.rbac.v1;

import static io.gantry.api.validation.References.text;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.Names;
import io.gantry.api.rbac.v1.role.PolicyRule;
import io.gantry.api.rbac.v1.rolebinding.RoleRef;
import io.gantry.api.rbac.v1.rolebinding.Subject;
import io.gantry.api.validation.References;
import io.gantry.api.validation.Trees;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Rules, subjects and role references (upstream `pkg/apis/rbac/validation`).
public final class RbacValidation {
    private static final String GROUP = "rbac.authorization.k8s.io";

    private RbacValidation() {}

    /// Rules of a role.
    ///
    /// @param namespaced whether the role is a Role, whose rules cannot be about URLs
    public static void rules(List<PolicyRule> rules, boolean namespaced, FieldErrors errors) {
        for (int i = 0; i < rules.size(); i++) {
            rule(rules.get(i), namespaced, "rules[" + i + "]", errors);
        }
    }

    private static void rule(PolicyRule rule, boolean namespaced, String at, FieldErrors errors) {
        if (rule.verbs().isEmpty()) {
            errors.required(at + ".verbs", "verbs must contain at least one value");
        }
        if (!rule.nonResourceURLs().isEmpty()) {
            if (namespaced) {
                errors.invalid(
                        at + ".nonResourceURLs",
                        rule.nonResourceURLs(),
                        "namespaced rules cannot apply to non-resource URLs");
            }
            if (!rule.apiGroups().isEmpty()
                    || !rule.resources().isEmpty()
                    || !rule.resourceNames().isEmpty()) {
                errors.invalid(
                        at + ".nonResourceURLs",
                        rule.nonResourceURLs(),
                        "rules cannot apply to both regular resources and non-resource URLs");
            }
            return;
        }
        if (rule.apiGroups().isEmpty()) {
            errors.required(at + ".apiGroups", "resource rules must supply at least one api group");
        }
        if (rule.resources().isEmpty()) {
            errors.required(at + ".resources", "resource rules must supply at least one resource");
        }
    }

    /// The role that a binding gives.
    public static void roleRef(@Nullable RoleRef ref, List<String> kinds, FieldErrors errors) {
        if (ref == null) {
            return;
        }
        References.oneOf(ref.apiGroup(), List.of(GROUP), "roleRef.apiGroup", errors);
        References.oneOf(ref.kind(), kinds, "roleRef.kind", errors);
        References.requiredFormat(ref.name(), Names::pathSegment, "roleRef.name", errors);
    }

    /// Whom a binding gives it.
    ///
    /// @param namespaced whether it is a RoleBinding, whose service accounts may leave out their namespace (and are
    ///     nobody then)
    public static void subjects(List<Subject> subjects, boolean namespaced, FieldErrors errors) {
        for (int i = 0; i < subjects.size(); i++) {
            subject(subjects.get(i), namespaced, "subjects[" + i + "]", errors);
        }
    }

    private static void subject(Subject subject, boolean namespaced, String at, FieldErrors errors) {
        References.required(subject.name(), at + ".name", errors);
        switch (text(subject.kind())) {
            case "ServiceAccount" -> {
                References.optional(subject.name(), Names::subdomain, at + ".name", errors);
                References.oneOf(subject.apiGroup(), List.of(""), at + ".apiGroup", errors);
                if (!namespaced) {
                    References.required(subject.namespace(), at + ".namespace", errors);
                }
            }
            case "User", "Group" -> References.oneOf(subject.apiGroup(), List.of(GROUP), at + ".apiGroup", errors);
            default ->
                errors.notSupported(at + ".kind", text(subject.kind()), List.of("ServiceAccount", "User", "Group"));
        }
    }

    /// A binding's defaults: groups of the role and of users and groups.
    public static void bindingDefaults(ObjectNode object) {
        Trees.object(object, "roleRef").ifPresent(ref -> Trees.defaultText(ref, "apiGroup", GROUP));
        for (JsonNode node : object.path("subjects")) {
            if (node instanceof ObjectNode subject
                    && List.of("User", "Group").contains(subject.path("kind").asString(""))) {
                Trees.defaultText(subject, "apiGroup", GROUP);
            }
        }
    }
}
