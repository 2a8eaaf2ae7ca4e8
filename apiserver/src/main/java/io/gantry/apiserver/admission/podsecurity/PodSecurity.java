package io.gantry.apiserver.admission.podsecurity;

import io.gantry.api.StatusException;
import io.gantry.api.core.v1.namespace.NamespaceKind;
import io.gantry.api.kind.FieldError;
import io.gantry.apiserver.admission.AdmissionAttributes;
import io.gantry.apiserver.admission.AdmissionAttributes.Operation;
import io.gantry.apiserver.admission.AdmissionPlugin;
import io.gantry.apiserver.admission.PluginConfigs;
import io.gantry.apiserver.objects.ObjectReader;
import io.gantry.apiserver.objects.Trees;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Refuses pods that their namespace's level forbids, warns of them in the templates of workloads, and annotates the
/// audit log (upstream `pod-security-admission/admission`).
public final class PodSecurity implements AdmissionPlugin {
    private static final Set<String> TEMPLATED = Set.of(
            "apps/deployments",
            "apps/replicasets",
            "apps/statefulsets",
            "apps/daemonsets",
            "batch/jobs",
            "batch/cronjobs",
            "/replicationcontrollers",
            "/podtemplates");

    private final ObjectReader reader;
    private final PodSecurityConfiguration config;
    private final NamespaceSecurity namespaces;
    private final SecurityMetrics metrics = new SecurityMetrics();

    /// @throws IllegalArgumentException for a configuration that is none
    public PodSecurity(ObjectReader reader, PluginConfigs configs) {
        this.reader = reader;
        this.config = PodSecurityConfiguration.of(configs);
        this.namespaces = new NamespaceSecurity(reader, config);
    }

    @Override
    public String name() {
        return "PodSecurity";
    }

    @Override
    public String metrics() {
        return metrics.text();
    }

    @Override
    public void validate(AdmissionAttributes attributes, ObjectNode object, Optional<ObjectNode> old) {
        boolean writes = attributes.operation() == Operation.CREATE || attributes.operation() == Operation.UPDATE;
        if (!writes) {
            return;
        }
        if (attributes.is("", "namespaces")) {
            namespaces.check(attributes, object, old);
        } else if (pods(attributes)) {
            if (old.isEmpty() || specChanged(object, old.get())) {
                check(attributes, object.path("metadata"), object.path("spec"), true);
            }
        } else if (TEMPLATED.contains(attributes.group() + "/" + attributes.resource())
                && attributes.subresource().isEmpty()) {
            JsonNode template = template(attributes, object);
            check(attributes, template.path("metadata"), template.path("spec"), false);
        }
    }

    private static boolean pods(AdmissionAttributes attributes) {
        return attributes.group().isEmpty()
                && attributes.resource().equals("pods")
                && Set.of("", "ephemeralcontainers", "resize").contains(attributes.subresource());
    }

    private static boolean specChanged(ObjectNode now, ObjectNode old) {
        return !now.path("spec").equals(old.path("spec"));
    }

    private static JsonNode template(AdmissionAttributes attributes, ObjectNode object) {
        return switch (attributes.resource()) {
            case "podtemplates" -> object.path("template");
            case "cronjobs" -> Trees.at(object, "spec", "jobTemplate", "spec", "template");
            default -> Trees.at(object, "spec", "template");
        };
    }

    private void check(AdmissionAttributes attributes, JsonNode metadata, JsonNode spec, boolean enforce) {
        Optional<ObjectNode> namespace = reader.look(NamespaceKind.KIND, "", attributes.namespace());
        if (namespace.isEmpty() || isExempt(attributes)) {
            return;
        }
        Map<String, String> labels = Trees.map(namespace.get(), "metadata", "labels");
        Policy policy = config.defaults().by(labels);
        List<FieldError> errors = Policy.errors(labels);
        if (errors.isEmpty() && (enforce ? policy.isPrivileged() : policy.isQuiet())) {
            if (enforce) {
                metrics.allowed("enforce", policy.enforce(), attributes);
                note(attributes, "enforce-policy", policy.enforce().toString());
            }
            return;
        }
        if (config.exemptions().runtimeClasses().contains(Trees.text(spec, "runtimeClassName"))) {
            exempt(attributes, "runtimeClass");
            return;
        }
        if (!errors.isEmpty()) {
            metrics.unreadable(attributes);
            note(attributes, "error", "Failed to parse policy: " + shownErrors(errors));
        }
        evaluate(attributes, PodView.of(metadata, spec), policy, enforce);
    }

    /// The audit log hears of what is refused too.
    private void evaluate(AdmissionAttributes attributes, PodView pod, Policy policy, boolean enforce) {
        List<Violation> noted = violations(pod, policy.audit());
        if (!noted.isEmpty()) {
            metrics.denied("audit", policy.audit(), attributes);
            note(
                    attributes,
                    "audit-violations",
                    "would violate PodSecurity \"" + policy.audit() + "\": " + shown(noted));
        }
        if (enforce) {
            note(attributes, "enforce-policy", policy.enforce().toString());
            List<Violation> violations = violations(pod, policy.enforce());
            if (!violations.isEmpty()) {
                metrics.denied("enforce", policy.enforce(), attributes);
                throw StatusException.forbidden(
                        attributes.group(),
                        attributes.resource(),
                        attributes.name(),
                        "violates PodSecurity \"" + policy.enforce() + "\": " + shown(violations));
            }
            metrics.allowed("enforce", policy.enforce(), attributes);
        }
        List<Violation> warnings = violations(pod, policy.warn());
        if (!warnings.isEmpty()) {
            metrics.denied("warn", policy.warn(), attributes);
            attributes.warnings().accept("would violate PodSecurity \"" + policy.warn() + "\": " + shown(warnings));
        }
    }

    private boolean isExempt(AdmissionAttributes attributes) {
        Exemptions exempt = config.exemptions();
        if (exempt.namespaces().contains(attributes.namespace())) {
            exempt(attributes, "namespace");
            return true;
        }
        if (exempt.usernames().contains(attributes.user().name())) {
            exempt(attributes, "user");
            return true;
        }
        return false;
    }

    private void exempt(AdmissionAttributes attributes, String why) {
        metrics.exempt(attributes);
        note(attributes, "exempt", why);
    }

    private static void note(AdmissionAttributes attributes, String key, String value) {
        attributes.notes().annotate("pod-security.kubernetes.io/" + key, value);
    }

    private static String shownErrors(List<FieldError> errors) {
        String all = errors.stream().map(FieldError::toString).collect(Collectors.joining(", "));
        return errors.size() > 1 ? "[" + all + "]" : all;
    }

    private static List<Violation> violations(PodView pod, Policy.Rule rule) {
        return rule.level().violations(pod, rule.version());
    }

    private static String shown(List<Violation> violations) {
        return violations.stream().map(Violation::toString).collect(Collectors.joining(", "));
    }
}
