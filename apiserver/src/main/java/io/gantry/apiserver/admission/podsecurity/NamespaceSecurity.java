package io.gantry.apiserver.admission.podsecurity;

import io.gantry.api.StatusException;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.kind.FieldError;
import io.gantry.apiserver.admission.AdmissionAttributes;
import io.gantry.apiserver.objects.ObjectReader;
import io.gantry.apiserver.objects.Trees;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Labels of namespaces: those that say nothing are refused, and a stricter level warns of the pods that are there and
/// would not be let in (upstream `Admission.ValidateNamespace`, which also stops after a second).
final class NamespaceSecurity {
    private static final int MAX_PODS = 3000;

    private final ObjectReader reader;
    private final PodSecurityConfiguration config;

    NamespaceSecurity(ObjectReader reader, PodSecurityConfiguration config) {
        this.reader = reader;
        this.config = config;
    }

    void check(AdmissionAttributes attributes, ObjectNode now, Optional<ObjectNode> old) {
        Map<String, String> labels = Trees.map(now, "metadata", "labels");
        List<FieldError> errors = Policy.errors(labels);
        Map<String, String> before =
                old.map(namespace -> Trees.map(namespace, "metadata", "labels")).orElse(Map.of());
        if (!errors.isEmpty() && (old.isEmpty() || !errors.equals(Policy.errors(before)))) {
            throw StatusException.invalid("", "Namespace", Trees.name(now), errors);
        }
        Policy policy = config.defaults().by(labels);
        if (old.isPresent()
                && !isStricter(policy.enforce(), config.defaults().by(before).enforce())) {
            return;
        }
        if (config.exemptions().namespaces().contains(Trees.name(now))) {
            warnOfExemption(attributes, Trees.name(now), policy, labels);
        } else if (old.isPresent()) {
            existing(Trees.name(now), policy.enforce()).forEach(attributes.warnings());
        }
    }

    private static boolean isStricter(Policy.Rule now, Policy.Rule before) {
        return now.level() != Level.PRIVILEGED
                && (!now.version().equals(before.version()) || now.level().compareTo(before.level()) > 0);
    }

    private void warnOfExemption(
            AdmissionAttributes attributes, String name, Policy policy, Map<String, String> labels) {
        if (!policy.isPrivileged() && !policy.equals(config.defaults())) {
            attributes
                    .warnings()
                    .accept("namespace \"" + name + "\" is exempt from Pod Security, and the policy ("
                            + policy.set(labels) + ") will be ignored");
        }
    }

    private List<String> existing(String namespace, Policy.Rule rule) {
        List<ObjectNode> pods = oneOfEachFirst(reader.lookAll(PodKind.KIND, namespace));
        Map<String, TreeSet<String>> namesByReason = new TreeMap<>();
        pods.stream().limit(MAX_PODS).forEach(pod -> {
            List<Violation> violations =
                    rule.level().violations(PodView.of(pod.path("metadata"), pod.path("spec")), rule.version());
            if (!violations.isEmpty()) {
                String reason = violations.stream().map(Violation::reason).collect(Collectors.joining(", "));
                namesByReason.computeIfAbsent(reason, first -> new TreeSet<>()).add(Trees.name(pod));
            }
        });
        List<String> warnings = new ArrayList<>();
        if (pods.size() > MAX_PODS) {
            warnings.add("new PodSecurity enforce level only checked against the first " + MAX_PODS + " of "
                    + pods.size() + " existing pods");
        }
        if (!namesByReason.isEmpty()) {
            warnings.add("existing pods in namespace \"" + namespace + "\" violate the new PodSecurity enforce level \""
                    + rule + "\"");
        }
        namesByReason.entrySet().stream()
                .map(entry -> shown(entry.getValue()) + ": " + entry.getKey())
                .sorted()
                .forEach(warnings::add);
        return warnings;
    }

    private static String shown(TreeSet<String> names) {
        int others = names.size() - 1;
        return names.first() + (others == 0 ? "" : " (and " + others + (others == 1 ? " other pod)" : " other pods)"));
    }

    /// The pods that are not exempt; of those that one controller made, the first comes before the others of all.
    private List<ObjectNode> oneOfEachFirst(List<ObjectNode> pods) {
        List<ObjectNode> first = new ArrayList<>();
        List<ObjectNode> others = new ArrayList<>();
        Set<String> controllers = new HashSet<>();
        for (ObjectNode pod : pods) {
            if (!config.exemptions().runtimeClasses().contains(Trees.text(pod, "spec", "runtimeClassName"))) {
                String controller = Trees.list(pod, "metadata", "ownerReferences").stream()
                        .filter(owner -> Trees.flag(owner, "controller"))
                        .map(owner -> Trees.text((JsonNode) owner, "uid"))
                        .findFirst()
                        .orElse("");
                (controller.isEmpty() || controllers.add(controller) ? first : others).add(pod);
            }
        }
        first.addAll(others);
        return first;
    }
}
