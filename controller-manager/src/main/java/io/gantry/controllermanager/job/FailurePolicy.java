package io.gantry.controllermanager.job;

import io.gantry.api.batch.v1.job.Job;
import io.gantry.api.batch.v1.job.PodFailurePolicyOnExitCodesRequirement;
import io.gantry.api.batch.v1.job.PodFailurePolicyOnPodConditionsPattern;
import io.gantry.api.batch.v1.job.PodFailurePolicyRule;
import io.gantry.api.core.v1.pod.ContainerStateTerminated;
import io.gantry.api.core.v1.pod.ContainerStatus;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.client.ObjectKey;
import io.gantry.controllermanager.common.Pods;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What a Job's pod failure policy says of a failed pod: the first rule that matches decides (upstream
/// `pkg/controller/job/pod_failure_policy.go`). Pure.
///
/// @param action `FailJob`, `FailIndex`, `Ignore`, `Count`; empty when no rule matches
/// @param message why, for `FailJob`
record FailurePolicy(String action, String message) {
    private static final FailurePolicy NO_RULE = new FailurePolicy("", "");

    static FailurePolicy of(Job job, Pod pod) {
        if (job.spec().podFailurePolicy() == null) {
            return NO_RULE;
        }
        List<PodFailurePolicyRule> rules = job.spec().podFailurePolicy().rules();
        for (int i = 0; i < rules.size(); i++) {
            Optional<String> message = match(rules.get(i), pod, i);
            if (message.isPresent()) {
                return new FailurePolicy(rules.get(i).action(), message.get());
            }
        }
        return NO_RULE;
    }

    /// Whether the failure counts toward the limits.
    boolean counts() {
        return !action.equals("Ignore");
    }

    private static Optional<String> match(PodFailurePolicyRule rule, Pod pod, int index) {
        String tail = " matching " + rule.action() + " rule at index " + index;
        if (rule.onExitCodes() != null) {
            return failedContainer(rule.onExitCodes(), pod)
                    .map(c -> "Container " + c.name() + " for pod " + ObjectKey.of(pod) + " failed with exit code "
                            + exitCode(c).orElse(0) + tail);
        }
        return condition(rule.onPodConditions(), pod)
                .map(type -> "Pod " + ObjectKey.of(pod) + " has condition " + type + tail);
    }

    private static Optional<ContainerStatus> failedContainer(
            PodFailurePolicyOnExitCodesRequirement requirement, Pod pod) {
        return Stream.concat(pod.status().containerStatuses().stream(), pod.status().initContainerStatuses().stream())
                .filter(c -> requirement.containerName() == null
                        || requirement.containerName().equals(c.name()))
                .filter(c -> exitCode(c)
                        .filter(code -> code != 0 && matches(requirement, code))
                        .isPresent())
                .findFirst();
    }

    private static boolean matches(PodFailurePolicyOnExitCodesRequirement requirement, int code) {
        return requirement.values().contains(code) == requirement.operator().equals("In");
    }

    private static Optional<Integer> exitCode(ContainerStatus status) {
        ContainerStateTerminated ended =
                status.state() == null ? null : status.state().terminated();
        return ended == null ? Optional.empty() : Optional.of(ended.exitCode());
    }

    private static Optional<String> condition(List<PodFailurePolicyOnPodConditionsPattern> patterns, Pod pod) {
        return patterns.stream()
                .filter(pattern -> Pods.condition(pod, pattern.type())
                        .filter(c -> c.status().equals(pattern.status() == null ? "True" : pattern.status()))
                        .isPresent())
                .map(PodFailurePolicyOnPodConditionsPattern::type)
                .findFirst();
    }
}
