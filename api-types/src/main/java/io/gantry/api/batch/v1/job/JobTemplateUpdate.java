package io.gantry.api.batch.v1.job;

import io.gantry.api.core.v1.pod.Affinity;
import io.gantry.api.core.v1.pod.AffinityBuilder;
import io.gantry.api.core.v1.pod.Container;
import io.gantry.api.core.v1.pod.ContainerBuilder;
import io.gantry.api.core.v1.pod.NodeAffinity;
import io.gantry.api.core.v1.pod.PodSpec;
import io.gantry.api.core.v1.pod.PodSpecBuilder;
import io.gantry.api.kind.FieldErrors;
import io.gantry.api.validation.Immutable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What of a Job's template may change: where its pods may run and what they ask for, while the Job is suspended and
/// none of its pods is left (upstream `pkg/apis/batch/validation`). Pure.
final class JobTemplateUpdate {
    private JobTemplateUpdate() {}

    static void check(Job old, JobSpec now, FieldErrors errors) {
        JobSpec before = old.spec();
        if (now.template() == null || before.template() == null || !isQuiet(old)) {
            Immutable.check(now.template(), before.template(), "spec.template", errors);
            return;
        }
        PodSpec spec = now.template().spec();
        Immutable.check(spec, allowed(before.template().spec(), spec), "spec.template.spec", errors);
    }

    private static boolean isQuiet(Job job) {
        boolean suspended = job.status().conditions().stream()
                .anyMatch(condition -> "Suspended".equals(condition.type()) && "True".equals(condition.status()));
        return Boolean.TRUE.equals(job.spec().suspend())
                && suspended
                && Objects.requireNonNullElse(job.status().active(), 0) == 0;
    }

    /// The old spec with what may change as it is now.
    private static PodSpec allowed(PodSpec before, PodSpec now) {
        return PodSpecBuilder.builder(before)
                .affinity(affinity(before.affinity(), now.affinity()))
                .nodeSelector(now.nodeSelector())
                .tolerations(now.tolerations())
                .schedulingGates(now.schedulingGates())
                .containers(resources(before.containers(), now.containers()))
                .initContainers(resources(before.initContainers(), now.initContainers()))
                .build();
    }

    private static @Nullable Affinity affinity(@Nullable Affinity before, @Nullable Affinity now) {
        NodeAffinity nodes = now == null ? null : now.nodeAffinity();
        Affinity base = before == null ? AffinityBuilder.builder().build() : before;
        Affinity allowed = AffinityBuilder.builder(base).nodeAffinity(nodes).build();
        boolean empty = allowed.equals(AffinityBuilder.builder().build());
        return now == null && empty ? null : allowed;
    }

    private static List<Container> resources(List<Container> before, List<Container> now) {
        if (before.size() != now.size()) {
            return before;
        }
        List<Container> allowed = new ArrayList<>();
        for (int i = 0; i < before.size(); i++) {
            Container container = before.get(i);
            boolean same = Objects.equals(container.name(), now.get(i).name());
            allowed.add(
                    same
                            ? ContainerBuilder.builder(container)
                                    .resources(now.get(i).resources())
                                    .build()
                            : container);
        }
        return allowed;
    }
}
