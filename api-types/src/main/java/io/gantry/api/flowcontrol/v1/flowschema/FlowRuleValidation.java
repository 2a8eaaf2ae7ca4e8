package io.gantry.api.flowcontrol.v1.flowschema;

import static io.gantry.api.validation.References.text;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.Names;
import io.gantry.api.validation.References;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whom and what a rule of a FlowSchema means (upstream `ValidateFlowSchemaPolicyRulesWithSubjects`).
final class FlowRuleValidation {
    private static final List<String> SUBJECT_KINDS = List.of("Group", "ServiceAccount", "User");
    private static final List<String> VERBS =
            List.of("create", "delete", "deletecollection", "get", "list", "patch", "proxy", "update", "watch");
    private static final String ALL = "*";

    private FlowRuleValidation() {}

    static void check(PolicyRulesWithSubjects rule, String at, FieldErrors errors) {
        for (int i = 0; i < rule.subjects().size(); i++) {
            subject(rule.subjects().get(i), at + ".subjects[" + i + "]", errors);
        }
        for (int i = 0; i < rule.resourceRules().size(); i++) {
            resources(rule.resourceRules().get(i), at + ".resourceRules[" + i + "]", errors);
        }
        for (int i = 0; i < rule.nonResourceRules().size(); i++) {
            paths(rule.nonResourceRules().get(i), at + ".nonResourceRules[" + i + "]", errors);
        }
    }

    private static void subject(Subject subject, String at, FieldErrors errors) {
        String kind = text(subject.kind());
        References.oneOf(kind, SUBJECT_KINDS, at + ".kind", errors);
        if (!SUBJECT_KINDS.contains(kind)) {
            return;
        }
        part("ServiceAccount", kind, subject.serviceAccount(), at + ".serviceAccount", errors);
        part("User", kind, subject.user(), at + ".user", errors);
        part("Group", kind, subject.group(), at + ".group", errors);
        if (kind.equals("ServiceAccount") && subject.serviceAccount() != null) {
            account(subject.serviceAccount(), at + ".serviceAccount", errors);
        }
        if (kind.equals("User") && subject.user() != null) {
            References.required(subject.user().name(), at + ".user.name", errors);
        }
        if (kind.equals("Group") && subject.group() != null) {
            References.required(subject.group().name(), at + ".group.name", errors);
        }
    }

    /// The part of the subject's own kind must be there, no other may.
    private static void part(String owner, String kind, @Nullable Object part, String path, FieldErrors errors) {
        String field = path.substring(path.lastIndexOf('.') + 1);
        if (owner.equals(kind) && part == null) {
            errors.required(path, field + " is required when subject kind is '" + owner + "'");
        }
        if (!owner.equals(kind) && part != null) {
            errors.forbidden(path, field + " is forbidden when subject kind is not '" + owner + "'");
        }
    }

    private static void account(ServiceAccountSubject account, String at, FieldErrors errors) {
        String name = text(account.name());
        if (!name.equals(ALL)) {
            References.requiredFormat(name, Names::subdomain, at + ".name", errors);
        }
        if (text(account.namespace()).isEmpty()) {
            errors.required(at + ".namespace", "must specify namespace for service account");
        } else {
            References.format(account.namespace(), Names::label, at + ".namespace", errors);
        }
    }

    private static void resources(ResourcePolicyRule rule, String at, FieldErrors errors) {
        verbs(rule.verbs(), at + ".verbs", errors);
        list(
                rule.apiGroups(),
                "resource rules must supply at least one api group",
                "api groups",
                at + ".apiGroups",
                errors);
        list(
                rule.resources(),
                "resource rules must supply at least one resource",
                "resources",
                at + ".resources",
                errors);
        List<String> namespaces = rule.namespaces();
        String path = at + ".namespaces";
        if (namespaces.isEmpty() && !Boolean.TRUE.equals(rule.clusterScope())) {
            errors.required(path, "resource rules that are not cluster scoped must supply at least one namespace");
        } else if (namespaces.contains(ALL)) {
            alone(namespaces, "namespaces", path, errors);
        } else {
            for (int i = 0; i < namespaces.size(); i++) {
                String name = text(namespaces.get(i));
                String one = path + "[" + i + "]";
                Names.label(name)
                        .forEach(m -> errors.invalid(
                                one, name, "each member of this list must be '*' or a DNS-1123 label; " + m));
            }
        }
    }

    private static void paths(NonResourcePolicyRule rule, String at, FieldErrors errors) {
        verbs(rule.verbs(), at + ".verbs", errors);
        List<String> urls = rule.nonResourceURLs();
        String path = at + ".nonResourceURLs";
        list(urls, "nonResourceURLs must contain at least one value", "non-resource URLs", path, errors);
        if (!urls.contains(ALL)) {
            for (int i = 0; i < urls.size(); i++) {
                url(text(urls.get(i)), path + "[" + i + "]", errors);
            }
        }
    }

    private static void url(String url, String path, FieldErrors errors) {
        int star = url.indexOf('*');
        if (url.isEmpty()) {
            errors.invalid(path, url, "must not be empty");
        } else if (!url.startsWith("/")) {
            errors.invalid(path, url, "must start with slash");
        } else if (url.contains(" ")) {
            errors.invalid(path, url, "must not contain white-space");
        } else if (url.contains("//")) {
            errors.invalid(path, url, "must not contain double slash");
        } else if (star >= 0 && (star != url.length() - 1 || !url.endsWith("/*"))) {
            errors.invalid(path, url, "wildcard can only do suffix matching");
        }
    }

    private static void verbs(List<String> verbs, String path, FieldErrors errors) {
        list(verbs, "verbs must contain at least one value", "verbs", path, errors);
        if (!verbs.contains(ALL)
                && !VERBS.containsAll(verbs.stream().map(References::text).toList())) {
            errors.notSupported(path, verbs, VERBS);
        }
    }

    private static void list(List<String> list, String need, String what, String path, FieldErrors errors) {
        if (list.isEmpty()) {
            errors.required(path, need);
        }
        if (list.contains(ALL)) {
            alone(list, what, path, errors);
        }
    }

    private static void alone(List<String> list, String what, String path, FieldErrors errors) {
        if (list.size() > 1) {
            errors.invalid(path, list, "if '*' is present, must not specify other " + what);
        }
    }
}
