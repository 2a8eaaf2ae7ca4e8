package io.gantry.api.core.v1.resourcequota;

import static io.gantry.api.validation.References.text;

import io.gantry.api.kind.FieldErrors;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Which objects a quota counts (upstream `validateResourceQuotaScopes`, `validateScopedResourceSelectorRequirement`).
final class QuotaScopes {
    private static final Set<String> PODS = Set.of("pods");
    private static final Set<String> OF_PODS =
            Set.of("pods", "cpu", "memory", "limits.cpu", "limits.memory", "requests.cpu", "requests.memory");
    private static final Set<String> OF_CLAIMS = Set.of("persistentvolumeclaims", "requests.storage");

    /// What each scope can count.
    private static final Map<String, Set<String>> RESOURCES = Map.of(
            "Terminating", OF_PODS,
            "NotTerminating", OF_PODS,
            "NotBestEffort", OF_PODS,
            "PriorityClass", OF_PODS,
            "CrossNamespacePodAffinity", OF_PODS,
            "BestEffort", PODS,
            "VolumeAttributesClass", OF_CLAIMS);

    /// Scopes without values.
    private static final Set<String> PLAIN =
            Set.of("BestEffort", "NotBestEffort", "Terminating", "NotTerminating", "CrossNamespacePodAffinity");

    private QuotaScopes() {}

    static void check(ResourceQuotaSpec spec, FieldErrors errors) {
        for (String scope : spec.scopes()) {
            if (!RESOURCES.containsKey(scope)) {
                errors.invalid("spec.scopes", spec.scopes(), "unsupported scope");
            } else if (countsOther(spec, scope)) {
                errors.invalid("spec.scopes", spec.scopes(), "unsupported scope applied to resource");
            }
        }
        conflicts(Set.copyOf(spec.scopes()), spec, "spec.scopes", errors);
        if (spec.scopeSelector() != null) {
            selector(spec, spec.scopeSelector(), errors);
        }
    }

    private static void selector(ResourceQuotaSpec spec, ScopeSelector selector, FieldErrors errors) {
        String at = "spec.scopeSelector.matchExpressions";
        Set<String> scopes = new HashSet<>();
        for (ScopedResourceSelectorRequirement requirement : selector.matchExpressions()) {
            String scope = text(requirement.scopeName());
            if (!RESOURCES.containsKey(scope)) {
                errors.invalid(at + ".scopeName", scope, "unsupported scope");
            } else if (countsOther(spec, scope)) {
                errors.invalid(at, GoSelector.of(selector), "unsupported scope applied to resource");
            }
            String operator = text(requirement.operator());
            if (PLAIN.contains(scope) && !operator.equals("Exists")) {
                errors.invalid(
                        at + ".operator",
                        operator,
                        "must be 'Exists' when scope is any of ResourceQuotaScopeTerminating,"
                                + " ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort,"
                                + " ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity");
            }
            values(operator, requirement.values(), at, errors);
            scopes.add(scope);
        }
        conflicts(scopes, spec, at, errors);
    }

    private static void values(String operator, List<String> values, String at, FieldErrors errors) {
        switch (operator) {
            case "In", "NotIn" -> {
                if (values.isEmpty()) {
                    errors.required(
                            at + ".values",
                            "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector");
                }
            }
            case "Exists", "DoesNotExist" -> {
                if (!values.isEmpty()) {
                    errors.invalid(
                            at + ".values",
                            values,
                            "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector");
                }
            }
            default -> errors.invalid(at + ".operator", operator, "not a valid selector operator");
        }
    }

    private static boolean countsOther(ResourceQuotaSpec spec, String scope) {
        return new TreeSet<>(spec.hard().keySet())
                .stream()
                        .anyMatch(name -> ResourceQuotaRules.isStandard(name)
                                && !RESOURCES.getOrDefault(scope, Set.of()).contains(name));
    }

    private static void conflicts(Set<String> scopes, ResourceQuotaSpec spec, String path, FieldErrors errors) {
        if (scopes.containsAll(Set.of("BestEffort", "NotBestEffort"))
                || scopes.containsAll(Set.of("Terminating", "NotTerminating"))) {
            errors.invalid(path, spec.scopes().isEmpty() ? null : spec.scopes(), "conflicting scopes");
        }
    }

    /// A selector as Go shows its internal type.
    private record GoSelector(List<Requirement> MatchExpressions) {
        record Requirement(String ScopeName, String Operator, List<String> Values) {}

        static GoSelector of(ScopeSelector selector) {
            return new GoSelector(selector.matchExpressions().stream()
                    .map(r -> new Requirement(r.scopeName(), r.operator(), r.values()))
                    .toList());
        }
    }
}
