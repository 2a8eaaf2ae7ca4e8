package io.gantry.controllermanager.job;

import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.batch.v1.job.Job;
import io.gantry.api.batch.v1.job.JobKind;
import io.gantry.api.core.v1.pod.Container;
import io.gantry.api.core.v1.pod.ContainerBuilder;
import io.gantry.api.core.v1.pod.EnvVar;
import io.gantry.api.core.v1.pod.EnvVarBuilder;
import io.gantry.api.core.v1.pod.EnvVarSourceBuilder;
import io.gantry.api.core.v1.pod.ObjectFieldSelector;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodBuilder;
import io.gantry.api.core.v1.pod.PodSpecBuilder;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.controllermanager.common.Owners;
import io.gantry.controllermanager.common.PodControl;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The pods of a Job. Each carries a finalizer until it was counted, so that no result is lost.
final class JobPod {
    static final String FINALIZER = "batch.kubernetes.io/job-tracking";
    private static final String CONTROLLER = "kubernetes.io/job-controller";
    static final String INDEX = "batch.kubernetes.io/job-completion-index";
    private static final int MAX_PREFIX = 58;
    private static final String INDEX_ENV = "JOB_COMPLETION_INDEX";

    private JobPod() {}

    static Pod of(Job job, PodDemand.NewPod wanted) {
        Pod pod = PodControl.fromTemplate(job.spec().template(), job, Owners.controllerReference(JobKind.KIND, job));
        List<String> finalizers = new ArrayList<>(pod.metadata().finalizers());
        finalizers.add(FINALIZER);
        Pod tracked = PodBuilder.builder(pod)
                .metadata(ObjectMetaBuilder.builder(pod.metadata())
                        .finalizers(finalizers)
                        .build())
                .build();
        return wanted.index().isPresent()
                ? indexed(job, tracked, wanted.index().getAsInt(), wanted.failures())
                : tracked;
    }

    private static Pod indexed(Job job, Pod pod, int index, IndexFailures failures) {
        String number = Integer.toString(index);
        String name = job.metadata().name() + "-" + number;
        Map<String, String> annotations = with(pod.metadata().annotations(), number);
        if (job.spec().backoffLimitPerIndex() != null) {
            annotations.put(IndexFailures.COUNTED, Integer.toString(failures.counted()));
            if (failures.ignored() > 0) {
                annotations.put(IndexFailures.IGNORED, Integer.toString(failures.ignored()));
            }
        }
        return PodBuilder.builder(pod)
                .metadata(ObjectMetaBuilder.builder(pod.metadata())
                        .generateName(prefix(text(job.metadata().name()), "-" + number + "-"))
                        .labels(with(pod.metadata().labels(), number))
                        .annotations(annotations)
                        .build())
                .spec(PodSpecBuilder.builder(pod.spec())
                        .hostname(name)
                        .containers(pod.spec().containers().stream()
                                .map(JobPod::knowingIndex)
                                .toList())
                        .initContainers(pod.spec().initContainers().stream()
                                .map(JobPod::knowingIndex)
                                .toList())
                        .build())
                .build();
    }

    /// Shortened so that the generated name keeps the index.
    private static String prefix(String name, String tail) {
        return name.substring(0, Math.min(name.length(), MAX_PREFIX - tail.length())) + tail;
    }

    private static Map<String, String> with(Map<String, String> map, String index) {
        Map<String, String> result = new LinkedHashMap<>(map);
        result.put(INDEX, index);
        return result;
    }

    private static Container knowingIndex(Container container) {
        if (container.env().stream().anyMatch(e -> e.name().equals(INDEX_ENV))) {
            return container;
        }
        List<EnvVar> env = new ArrayList<>(container.env());
        env.add(EnvVarBuilder.builder()
                .name(INDEX_ENV)
                .valueFrom(EnvVarSourceBuilder.builder()
                        .fieldRef(new ObjectFieldSelector("v1", "metadata.labels['" + INDEX + "']"))
                        .build())
                .build());
        return ContainerBuilder.builder(container).env(env).build();
    }

    /// Whether no other controller was asked to look after the Job.
    static boolean isOurs(Job job) {
        String manager = text(job.spec().managedBy());
        return manager.isEmpty() || manager.equals(CONTROLLER);
    }

    static boolean isTracked(Pod pod) {
        return pod.metadata().finalizers().contains(FINALIZER);
    }

    /// -1 for a pod without one.
    static int index(Pod pod) {
        try {
            return Integer.parseInt(text(pod.metadata().annotations().get(INDEX)));
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
