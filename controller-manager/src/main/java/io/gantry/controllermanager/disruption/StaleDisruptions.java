package io.gantry.controllermanager.disruption;

import static io.gantry.controllermanager.common.Fields.text;
import static io.gantry.controllermanager.common.Fields.time;

import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.client.ObjectKey;
import io.gantry.client.informer.Informer;
import io.gantry.client.informer.InformerHandler;
import io.gantry.client.work.Reconciler;
import io.gantry.client.work.Result;
import io.gantry.client.work.WorkQueue;
import io.gantry.controllermanager.Controller;
import io.gantry.controllermanager.ControllerContext;
import io.gantry.controllermanager.QueueController;
import io.gantry.controllermanager.common.PodDisruption;
import io.gantry.controllermanager.common.Pods;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Takes the `DisruptionTarget` condition back from pods that were marked and then not deleted (upstream
/// `syncStalePodDisruption`).
final class StaleDisruptions implements Reconciler<ObjectKey> {
    private static final String NAME = "disruption-controller-stale-conditions";

    /// A pod that is marked is deleted within this time, or was not meant.
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Informer<Pod> pods;
    private final PodDisruption disruption;
    private final Clock clock;

    private StaleDisruptions(ControllerContext context) {
        this.pods = context.informers().informer(PodKind.KIND);
        this.disruption = new PodDisruption(context.client(), context.clock());
        this.clock = context.clock();
    }

    static Controller create(ControllerContext context) {
        WorkQueue<ObjectKey> queue = new WorkQueue<>();
        StaleDisruptions stale = new StaleDisruptions(context);
        stale.pods.addHandler(InformerHandler.onAny(pod -> {
            if (staleAt(pod).isPresent()) {
                queue.add(ObjectKey.of(pod));
            }
        }));
        return new QueueController<>(NAME, queue, 1, stale);
    }

    /// When the pod's mark is to be taken back; empty where there is none, or the pod goes or has ended.
    static Optional<Instant> staleAt(Pod pod) {
        if (Pods.isTerminating(pod) || Pods.isFinished(pod)) {
            return Optional.empty();
        }
        return Pods.condition(pod, "DisruptionTarget")
                .filter(c -> c.status().equals("True") && !text(c.reason()).equals("TerminationByKubelet"))
                .map(c -> time(c.lastTransitionTime()).plus(PATIENCE));
    }

    @Override
    public Result reconcile(ObjectKey key) {
        Optional<Pod> pod = pods.lister().get(key.namespace(), key.name());
        Optional<Instant> at = pod.flatMap(StaleDisruptions::staleAt);
        if (at.isEmpty()) {
            return Result.done();
        }
        Duration left = Duration.between(clock.instant(), at.get());
        if (left.isPositive()) {
            return Result.requeueAfter(left);
        }
        disruption.unmark(pod.get());
        return Result.done();
    }
}
