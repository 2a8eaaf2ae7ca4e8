package io.gantry.controllermanager.podgc;

import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.node.NodeKind;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.client.ObjectKey;
import io.gantry.client.Resource;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Removes pods that no kubelet will remove: those of nodes that are gone, those deleted before they were
/// scheduled, and finished ones above a threshold (upstream `pkg/controller/podgc`, which looks every 20
/// seconds; this one waits for events).
public final class PodGcController implements Reconciler<ObjectKey> {
    private static final String NAME = "pod-garbage-collector";

    /// A node must be gone this long before its pods are.
    private static final Duration QUARANTINE = Duration.ofSeconds(40);

    private static final String BY_NODE = "spec.nodeName";

    /// The key that stands for the count of finished pods.
    private static final ObjectKey FINISHED = new ObjectKey("", "finished");

    private final Informer<Pod> pods;
    private final Informer<Node> nodes;
    private final Resource<Node> nodeResource;
    private final PodDisruption disruption;
    private final int threshold;
    private final Clock clock;
    private final Map<String, Instant> missingSince = new ConcurrentHashMap<>();
    private final WorkQueue<ObjectKey> queue = new WorkQueue<>();

    private PodGcController(ControllerContext context) {
        this.pods = context.informers().informer(PodKind.KIND);
        this.nodes = context.informers().informer(NodeKind.KIND);
        this.nodeResource = context.client().resource(NodeKind.KIND);
        this.disruption = new PodDisruption(context.client(), context.clock());
        this.threshold = context.options().terminatedPodGcThreshold();
        this.clock = context.clock();
    }

    public static Controller create(ControllerContext context) {
        return new PodGcController(context).assemble();
    }

    private Controller assemble() {
        pods.addIndex(
                BY_NODE, pod -> Pods.isAssigned(pod) ? List.of(text(pod.spec().nodeName())) : List.of());
        pods.addHandler(InformerHandler.onAny(this::podChanged));
        nodes.addHandler(new InformerHandler<>() {
            @Override
            public void added(Node node) {
                missingSince.remove(text(node.metadata().name()));
            }

            @Override
            public void updated(Node before, Node now) {
                if (PodGcPlan.isOutOfService(now)) {
                    deleted(now);
                }
            }

            @Override
            public void deleted(Node node) {
                pods.lister().byIndex(BY_NODE, text(node.metadata().name())).forEach(PodGcController.this::podChanged);
            }
        });
        return new QueueController<>(NAME, queue, 1, this);
    }

    private void podChanged(Pod pod) {
        if (Pods.isAssigned(pod) ? isNodeMissing(pod) || isStuck(pod) : Pods.isTerminating(pod)) {
            queue.add(ObjectKey.of(pod));
        }
        if (threshold > 0 && Pods.isFinished(pod)) {
            queue.add(FINISHED);
        }
    }

    private boolean isStuck(Pod pod) {
        return Pods.isTerminating(pod) && isOutOfService(pod);
    }

    private boolean isOutOfService(Pod pod) {
        return nodes.lister()
                .get("", text(pod.spec().nodeName()))
                .filter(PodGcPlan::isOutOfService)
                .isPresent();
    }

    private boolean isNodeMissing(Pod pod) {
        return nodes.lister().get("", text(pod.spec().nodeName())).isEmpty();
    }

    @Override
    public Result reconcile(ObjectKey key) {
        if (key.equals(FINISHED)) {
            PodGcPlan.surplus(pods.lister().all(), threshold).forEach(disruption::remove);
            return Result.done();
        }
        Optional<Pod> found = pods.lister().get(key.namespace(), key.name());
        if (found.isEmpty()) {
            return Result.done();
        }
        Pod pod = found.get();
        if (Pods.isAssigned(pod) && isNodeMissing(pod)) {
            Duration left = quarantineLeft(text(pod.spec().nodeName()));
            if (left.isPositive()) {
                return Result.requeueAfter(left);
            }
        }
        act(pod);
        return Result.done();
    }

    private Duration quarantineLeft(String node) {
        Instant since = missingSince.computeIfAbsent(node, n -> clock.instant());
        return Duration.between(clock.instant(), since.plus(QUARANTINE));
    }

    private void act(Pod pod) {
        String node = text(pod.spec().nodeName());
        boolean gone = !node.isEmpty()
                && isNodeMissing(pod)
                && nodeResource.find("", node).isEmpty();
        switch (PodGcPlan.of(pod, gone, isOutOfService(pod))) {
            case PodGcPlan.Keep keep -> missingSince.remove(node);
            case PodGcPlan.NeverScheduled never -> {
                disruption.markFailed(pod);
                disruption.remove(pod);
            }
            case PodGcPlan.OutOfService out -> {
                disruption.markFailed(pod);
                disruption.remove(pod);
            }
            case PodGcPlan.Orphaned orphaned -> {
                disruption.markFailed(pod, "DeletionByPodGC", "PodGC: node no longer exists");
                disruption.remove(pod);
            }
        }
    }
}
