package io.gantry.controllermanager.job;

import io.gantry.api.batch.v1.job.Job;
import io.gantry.api.batch.v1.job.JobKind;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.meta.v1.LabelSelector;
import io.gantry.client.ObjectKey;
import io.gantry.client.informer.Informer;
import io.gantry.client.informer.InformerHandler;
import io.gantry.client.work.WorkQueue;
import io.gantry.controllermanager.Controller;
import io.gantry.controllermanager.ControllerContext;
import io.gantry.controllermanager.QueueController;
import io.gantry.controllermanager.common.Expectations;
import io.gantry.controllermanager.common.Labels;
import io.gantry.controllermanager.common.OwnedPodEvents;
import io.gantry.controllermanager.common.Owners;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Watches Jobs and their pods.
public final class JobController {
    private static final String NAME = "job-controller";
    private static final int WORKERS = 5;

    private JobController() {}

    public static Controller create(ControllerContext context) {
        Informer<Job> jobs = context.informers().informer(JobKind.KIND);
        Informer<Pod> pods = context.informers().informer(PodKind.KIND);
        WorkQueue<ObjectKey> queue = new WorkQueue<>();
        Expectations expectations = new Expectations(context.clock());
        jobs.addHandler(InformerHandler.onAny(job -> queue.add(ObjectKey.of(job))));
        pods.addHandler(new OwnedPodEvents(JobKind.KIND.name(), pod -> adopters(jobs, pod), queue, expectations));
        JobMetrics metrics = new JobMetrics();
        context.metrics().lookUp(metrics::text);
        JobReconciler reconciler = new JobReconciler(
                jobs.lister(),
                pods.lister(),
                context.client(),
                context.events().apply(NAME),
                expectations,
                context.clock(),
                metrics);
        pods.addHandler(new TerminatedPods(metrics));
        WorkQueue<ObjectKey> orphans = new WorkQueue<>();
        pods.addHandler(InformerHandler.onAny(pod -> {
            if (JobPod.isTracked(pod) && !isOwnedByJob(pod)) {
                orphans.add(ObjectKey.of(pod));
            }
        }));
        return Controller.of(
                new QueueController<>(NAME, queue, WORKERS, reconciler),
                new QueueController<>(NAME + "-orphans", orphans, 1, reconciler::releaseOrphan));
    }

    private static boolean isOwnedByJob(Pod pod) {
        return Owners.controllerOf(pod)
                .filter(r -> r.kind().equals(JobKind.KIND.name()))
                .isPresent();
    }

    private static Stream<ObjectKey> adopters(Informer<Job> jobs, Pod pod) {
        return jobs.lister().inNamespace(ObjectKey.of(pod).namespace()).stream()
                .filter(job -> matches(job.spec().selector(), pod))
                .map(ObjectKey::of);
    }

    private static boolean matches(@Nullable LabelSelector selector, Pod pod) {
        return selector != null && Labels.matches(selector, pod.metadata().labels());
    }
}
