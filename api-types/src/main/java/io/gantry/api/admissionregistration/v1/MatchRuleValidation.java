package io.gantry.api.admissionregistration.v1;

import static io.gantry.api.validation.References.text;

import io.gantry.api.admissionregistration.v1.mutatingwebhookconfiguration.RuleWithOperations;
import io.gantry.api.admissionregistration.v1.validatingadmissionpolicy.MatchResources;
import io.gantry.api.admissionregistration.v1.validatingadmissionpolicy.NamedRuleWithOperations;
import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.Names;
import io.gantry.api.validation.LabelValidation;
import io.gantry.api.validation.References;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which requests a webhook or a policy sees (upstream `validateRuleWithOperations`, `validateMatchResources`).
public final class MatchRuleValidation {
    private static final List<String> OPERATIONS = List.of("*", "CONNECT", "CREATE", "DELETE", "UPDATE");
    private static final List<String> MUTATING = List.of("*", "CONNECT", "CREATE", "UPDATE");
    private static final List<String> SCOPES = List.of("*", "Cluster", "Namespaced");
    private static final String ALL = "*";

    private MatchRuleValidation() {}

    /// Faults of what a policy or its binding matches; absent, it has none.
    public static void resources(@Nullable MatchResources match, String path, FieldErrors errors) {
        if (match == null) {
            return;
        }
        LabelValidation.selector(match.namespaceSelector(), path + ".namespaceSelector", errors);
        LabelValidation.selector(match.objectSelector(), path + ".objectSelector", errors);
        named(match.resourceRules(), path + ".resourceRules", errors);
        named(match.excludeResourceRules(), path + ".excludeResourceRules", errors);
    }

    /// Faults of what a mutating policy or its binding matches: there is nothing to change in what is deleted.
    public static void mutated(@Nullable MatchResources match, String path, FieldErrors errors) {
        if (match == null) {
            return;
        }
        for (NamedRuleWithOperations rule : match.resourceRules()) {
            for (String operation : rule.operations()) {
                References.oneOf(operation, MUTATING, path + ".resourceRules.operations", errors);
            }
        }
    }

    private static void named(List<NamedRuleWithOperations> rules, String path, FieldErrors errors) {
        for (int i = 0; i < rules.size(); i++) {
            NamedRuleWithOperations rule = rules.get(i);
            String at = path + "[" + i + "]";
            Set<String> names = new HashSet<>();
            for (int n = 0; n < rule.resourceNames().size(); n++) {
                String name = text(rule.resourceNames().get(n));
                References.format(name, Names::pathSegment, at + ".resourceNames[" + n + "]", errors);
                if (!names.add(name)) {
                    errors.duplicate(at + ".resourceNames[" + n + "]", name);
                }
            }
            rule(
                    new RuleWithOperations(
                            rule.operations(), rule.apiGroups(), rule.apiVersions(), rule.resources(), rule.scope()),
                    at,
                    errors);
        }
    }

    /// Faults of one rule.
    public static void rule(RuleWithOperations rule, String at, FieldErrors errors) {
        list(rule.operations(), "operations", at + ".operations", errors);
        for (int i = 0; i < rule.operations().size(); i++) {
            References.oneOf(rule.operations().get(i), OPERATIONS, at + ".operations[" + i + "]", errors);
        }
        list(rule.apiGroups(), "API groups", at + ".apiGroups", errors);
        list(rule.apiVersions(), "API versions", at + ".apiVersions", errors);
        filled(rule.apiVersions(), at + ".apiVersions", errors);
        resourceNames(rule.resources(), at + ".resources", errors);
        if (rule.scope() != null) {
            References.oneOf(rule.scope(), SCOPES, at + ".scope", errors);
        }
    }

    private static void list(List<String> list, String what, String path, FieldErrors errors) {
        if (list.isEmpty()) {
            errors.required(path, "");
        }
        if (list.size() > 1 && list.contains(ALL)) {
            errors.invalid(path, list, "if '*' is present, must not specify other " + what);
        }
    }

    private static void filled(List<String> list, String path, FieldErrors errors) {
        for (int i = 0; i < list.size(); i++) {
            References.required(list.get(i), path + "[" + i + "]", errors);
        }
    }

    private static void resourceNames(List<String> resources, String path, FieldErrors errors) {
        if (resources.isEmpty()) {
            errors.required(path, "");
        }
        filled(resources, path, errors);
        Set<String> anyPart = new HashSet<>();
        Set<String> anyOwner = new HashSet<>();
        boolean whole = false;
        for (int i = 0; i < resources.size(); i++) {
            String name = text(resources.get(i));
            int slash = name.indexOf('/');
            if (slash < 0) {
                whole = name.isEmpty() ? whole : !name.equals(ALL);
                continue;
            }
            String resource = name.substring(0, slash);
            String part = name.substring(slash + 1);
            String at = path + "[" + i + "]";
            if (anyPart.contains(resource)) {
                errors.invalid(at, name, "if '" + resource + "/*' is present, must not specify " + name);
            }
            if (anyOwner.contains(part)) {
                errors.invalid(at, name, "if '*/" + part + "' is present, must not specify " + name);
            }
            if (part.equals(ALL)) {
                anyPart.add(resource);
            }
            if (resource.equals(ALL)) {
                anyOwner.add(part);
            }
        }
        if (resources.size() > 1 && resources.contains("*/*")) {
            errors.invalid(path, resources, "if '*/*' is present, must not specify other resources");
        }
        if (resources.contains(ALL) && whole) {
            errors.invalid(path, resources, "if '*' is present, must not specify other resources without subresources");
        }
    }
}
