package io.gantry.apiserver.admission.podsecurity;

import io.gantry.apiserver.admission.AdmissionAttributes;
import io.gantry.component.BuildVersion;
import io.gantry.component.Counts;
import java.util.Locale;

/// Upstream's counters of pod security (`pod-security-admission/metrics`). Thread-safe.
final class SecurityMetrics {
    private static final int MINOR = Integer.parseInt(BuildVersion.MINOR);

    private final Counts evaluations = Counts.counter(
            "pod_security_evaluations_total",
            "decision",
            "mode",
            "policy_level",
            "policy_version",
            "request_operation",
            "resource",
            "subresource");
    private final Counts exemptions =
            Counts.counter("pod_security_exemptions_total", "request_operation", "resource", "subresource");
    private final Counts errors =
            Counts.counter("pod_security_errors_total", "fatal", "request_operation", "resource", "subresource");

    SecurityMetrics() {
        for (String operation : new String[] {"create", "update"}) {
            evaluations.of("allow", "enforce", "privileged", "latest", operation, "pod", "");
            exemptions.of(operation, "pod", "");
            exemptions.of(operation, "controller", "");
        }
    }

    void allowed(String mode, Policy.Rule rule, AdmissionAttributes attributes) {
        evaluated("allow", mode, rule, attributes);
    }

    void denied(String mode, Policy.Rule rule, AdmissionAttributes attributes) {
        evaluated("deny", mode, rule, attributes);
    }

    private void evaluated(String decision, String mode, Policy.Rule rule, AdmissionAttributes attributes) {
        evaluations
                .of(
                        decision,
                        mode,
                        rule.level().toString(),
                        version(rule),
                        operation(attributes),
                        resource(attributes),
                        attributes.subresource())
                .increment();
    }

    /// A request that is not looked at, for its namespace, user or runtime class.
    void exempt(AdmissionAttributes attributes) {
        exemptions
                .of(operation(attributes), resource(attributes), attributes.subresource())
                .increment();
    }

    /// Labels of a namespace that mean nothing.
    void unreadable(AdmissionAttributes attributes) {
        errors.of("false", operation(attributes), resource(attributes), attributes.subresource())
                .increment();
    }

    String text() {
        return evaluations.text() + exemptions.text() + errors.text();
    }

    private static String version(Policy.Rule rule) {
        if (rule.version().equals(PolicyVersion.LATEST) || rule.level() == Level.PRIVILEGED) {
            return "latest";
        }
        return rule.version().minor() > MINOR ? "future" : rule.version().toString();
    }

    private static String operation(AdmissionAttributes attributes) {
        return attributes.operation().name().toLowerCase(Locale.ROOT);
    }

    private static String resource(AdmissionAttributes attributes) {
        return switch (attributes.resource()) {
            case "pods" -> "pod";
            case "namespaces" -> "namespace";
            default -> "controller";
        };
    }
}
