package io.gantry.api.core.v1.pod;

import static io.gantry.api.validation.References.text;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.Names;
import io.gantry.api.validation.LabelValidation;
import io.gantry.api.validation.References;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where a pod may run: tolerations, affinity, node selectors, spreading (upstream `validateAffinity`,
/// `ValidateTolerations`, `validateTopologySpreadConstraints`).
public final class SchedulingValidation {
    /// Operators behind a gate that is off (`TaintTolerationComparisonOperators`).
    private static final Set<String> NUMERIC = Set.of("Lt", "Gt");

    private SchedulingValidation() {}

    /// What a pod tolerates, or what a RuntimeClass has its pods tolerate.
    public static void tolerations(List<Toleration> tolerations, String path, FieldErrors errors) {
        for (int i = 0; i < tolerations.size(); i++) {
            toleration(tolerations.get(i), path + "[" + i + "]", errors);
        }
    }

    private static void toleration(Toleration toleration, String at, FieldErrors errors) {
        String key = text(toleration.key());
        String operator = text(toleration.operator());
        if (!key.isEmpty()) {
            LabelValidation.labelName(key, at + ".key", errors);
        } else if (!operator.equals("Exists")) {
            errors.invalid(
                    at + ".operator",
                    operator,
                    "operator must be Exists when `key` is empty, which means \"match all values and all keys\"");
        }
        if (toleration.tolerationSeconds() != null && !"NoExecute".equals(toleration.effect())) {
            errors.invalid(
                    at + ".effect",
                    text(toleration.effect()),
                    "effect must be 'NoExecute' when `tolerationSeconds` is set");
        }
        String value = text(toleration.value());
        if (operator.equals("Exists")) {
            if (!value.isEmpty()) {
                errors.invalid(at + ".operator", value, "value must be empty when `operator` is 'Exists'");
            }
        } else if (NUMERIC.contains(operator)) {
            errors.notListed(at + ".operator", operator, List.of("Equal", "Exists", "Lt", "Gt"));
        } else {
            List<String> faults = Names.labelValue(value);
            if (!faults.isEmpty()) {
                errors.invalid(at + ".operator", value, String.join(";", faults));
            }
        }
    }

    static void affinity(@Nullable Affinity affinity, String path, FieldErrors errors) {
        if (affinity == null) {
            return;
        }
        if (affinity.nodeAffinity() != null) {
            node(affinity.nodeAffinity(), path + ".nodeAffinity", errors);
        }
        if (affinity.podAffinity() != null) {
            PodAffinity pods = affinity.podAffinity();
            terms(
                    pods.requiredDuringSchedulingIgnoredDuringExecution(),
                    pods.preferredDuringSchedulingIgnoredDuringExecution(),
                    path + ".podAffinity",
                    errors);
        }
        if (affinity.podAntiAffinity() != null) {
            PodAntiAffinity pods = affinity.podAntiAffinity();
            terms(
                    pods.requiredDuringSchedulingIgnoredDuringExecution(),
                    pods.preferredDuringSchedulingIgnoredDuringExecution(),
                    path + ".podAntiAffinity",
                    errors);
        }
    }

    /// A node selector, as in affinity and in volumes.
    public static void nodeSelector(NodeSelector selector, String path, FieldErrors errors) {
        if (selector.nodeSelectorTerms().isEmpty()) {
            errors.required(path + ".nodeSelectorTerms", "must have at least one node selector term");
        }
        for (int i = 0; i < selector.nodeSelectorTerms().size(); i++) {
            term(selector.nodeSelectorTerms().get(i), path + ".nodeSelectorTerms[" + i + "]", errors);
        }
    }

    private static void node(NodeAffinity affinity, String path, FieldErrors errors) {
        NodeSelector required = affinity.requiredDuringSchedulingIgnoredDuringExecution();
        if (required != null) {
            nodeSelector(required, path + ".requiredDuringSchedulingIgnoredDuringExecution", errors);
        }
        List<PreferredSchedulingTerm> preferred = affinity.preferredDuringSchedulingIgnoredDuringExecution();
        for (int i = 0; i < preferred.size(); i++) {
            String at = path + ".preferredDuringSchedulingIgnoredDuringExecution[" + i + "]";
            weight(preferred.get(i).weight(), at, errors);
            if (preferred.get(i).preference() != null) {
                term(preferred.get(i).preference(), at + ".preference", errors);
            }
        }
    }

    private static void term(NodeSelectorTerm term, String path, FieldErrors errors) {
        for (int i = 0; i < term.matchExpressions().size(); i++) {
            NodeSelectorRequirement requirement = term.matchExpressions().get(i);
            String at = path + ".matchExpressions[" + i + "]";
            operator(requirement, at, errors);
            LabelValidation.labelName(text(requirement.key()), at + ".key", errors);
            for (int v = 0; v < requirement.values().size(); v++) {
                String value = requirement.values().get(v);
                String valuePath = at + ".values[" + v + "]";
                Names.labelValue(value).forEach(m -> errors.invalid(valuePath, value, m));
            }
        }
        for (int i = 0; i < term.matchFields().size(); i++) {
            NodeSelectorRequirement requirement = term.matchFields().get(i);
            String at = path + ".matchFields[" + i + "]";
            fieldOperator(requirement, at, errors);
            if (!text(requirement.key()).equals("metadata.name")) {
                errors.invalid(at + ".key", text(requirement.key()), "not a valid field selector key");
                continue;
            }
            for (int v = 0; v < requirement.values().size(); v++) {
                References.format(requirement.values().get(v), Names::subdomain, at + ".values[" + v + "]", errors);
            }
        }
    }

    private static void fieldOperator(NodeSelectorRequirement requirement, String at, FieldErrors errors) {
        switch (text(requirement.operator())) {
            case "In", "NotIn" -> {
                if (requirement.values().size() != 1) {
                    errors.required(
                            at + ".values",
                            "must be only one value when `operator` is 'In' or 'NotIn' for node field selector");
                }
            }
            default -> errors.invalid(at + ".operator", text(requirement.operator()), "not a valid selector operator");
        }
    }

    private static void operator(NodeSelectorRequirement requirement, String at, FieldErrors errors) {
        List<String> values = requirement.values();
        switch (text(requirement.operator())) {
            case "In", "NotIn" -> {
                if (values.isEmpty()) {
                    errors.required(at + ".values", "must be specified when `operator` is 'In' or 'NotIn'");
                }
            }
            case "Exists", "DoesNotExist" -> {
                if (!values.isEmpty()) {
                    errors.forbidden(
                            at + ".values", "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
                }
            }
            case "Gt", "Lt" -> {
                if (values.size() != 1) {
                    errors.required(at + ".values", "must be specified single value when `operator` is 'Lt' or 'Gt'");
                }
            }
            default -> errors.invalid(at + ".operator", text(requirement.operator()), "not a valid selector operator");
        }
    }

    private static void terms(
            List<PodAffinityTerm> required, List<WeightedPodAffinityTerm> preferred, String path, FieldErrors errors) {
        for (int i = 0; i < required.size(); i++) {
            podTerm(required.get(i), path + ".requiredDuringSchedulingIgnoredDuringExecution[" + i + "]", errors);
        }
        for (int i = 0; i < preferred.size(); i++) {
            String at = path + ".preferredDuringSchedulingIgnoredDuringExecution[" + i + "]";
            weight(preferred.get(i).weight(), at, errors);
            if (preferred.get(i).podAffinityTerm() != null) {
                podTerm(preferred.get(i).podAffinityTerm(), at + ".podAffinityTerm", errors);
            }
        }
    }

    private static void podTerm(PodAffinityTerm term, String at, FieldErrors errors) {
        LabelValidation.selector(term.labelSelector(), at + ".labelSelector", errors);
        LabelValidation.selector(term.namespaceSelector(), at + ".namespaceSelector", errors);
        for (String namespace : term.namespaces()) {
            References.format(namespace, Names::label, at + ".namespace", errors);
        }
        LabelKeys.ofAffinity(term, at, errors);
        topologyKey(term.topologyKey(), at, errors);
    }

    private static void topologyKey(@Nullable String key, String at, FieldErrors errors) {
        if (text(key).isEmpty()) {
            errors.required(at + ".topologyKey", "can not be empty");
        } else {
            LabelValidation.labelName(text(key), at + ".topologyKey", errors);
        }
    }

    private static void weight(@Nullable Integer weight, String at, FieldErrors errors) {
        int value = weight == null ? 0 : weight;
        if (value < 1 || value > 100) {
            errors.invalid(at + ".weight", value, "must be in the range 1-100");
        }
    }

    static void spread(List<TopologySpreadConstraint> constraints, String path, FieldErrors errors) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < constraints.size(); i++) {
            TopologySpreadConstraint constraint = constraints.get(i);
            String at = path + "[" + i + "]";
            int skew = constraint.maxSkew() == null ? 0 : constraint.maxSkew();
            if (skew <= 0) {
                errors.invalid(at + ".maxSkew", skew, "must be greater than zero");
            }
            if (text(constraint.topologyKey()).isEmpty()) {
                errors.required(at + ".topologyKey", "can not be empty");
            }
            String pair = "{" + constraint.topologyKey() + ", " + constraint.whenUnsatisfiable() + "}";
            if (!seen.add(pair)) {
                errors.duplicate(at + ".{topologyKey, whenUnsatisfiable}", pair);
            }
            if (constraint.minDomains() != null && constraint.minDomains() <= 0) {
                errors.invalid(at + ".minDomains", constraint.minDomains(), "must be greater than zero");
            }
            if (constraint.minDomains() != null && !"DoNotSchedule".equals(constraint.whenUnsatisfiable())) {
                errors.invalid(
                        at + ".minDomains",
                        constraint.minDomains(),
                        "can only use minDomains if whenUnsatisfiable=DoNotSchedule, not "
                                + constraint.whenUnsatisfiable());
            }
            LabelKeys.ofSpread(constraint, at + ".matchLabelKeys", errors);
            LabelValidation.selector(constraint.labelSelector(), at + ".labelSelector", errors);
        }
    }
}
