package io.gantry.controllermanager.nodelifecycle;

import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.core.v1.endpoints.ObjectReference;
import io.gantry.api.core.v1.endpoints.ObjectReferenceBuilder;
import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.node.NodeKind;
import io.gantry.api.core.v1.node.Taint;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.client.ObjectKey;
import io.gantry.client.event.EventSink;
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

/// Ends pods on nodes with NoExecute taints that they do not tolerate, or no longer.
public final class TaintEvictionController implements Reconciler<ObjectKey> {
    private static final String NAME = "taint-eviction-controller";
    private static final String BY_NODE = "spec.nodeName";

    private final Informer<Node> nodes;
    private final Informer<Pod> pods;
    private final PodDisruption disruption;
    private final EventSink events;
    private final Clock clock;
    private final WorkQueue<ObjectKey> queue = new WorkQueue<>();
    /// Since when pods tolerate a taint for a time: taints need not say when they came. Only pods that wait are here.
    private final Map<ObjectKey, Instant> waiting = new ConcurrentHashMap<>();

    private TaintEvictionController(ControllerContext context) {
        this.nodes = context.informers().informer(NodeKind.KIND);
        this.pods = context.informers().informer(PodKind.KIND);
        this.disruption = new PodDisruption(context.client(), context.clock());
        this.events = context.events().apply(NAME);
        this.clock = context.clock();
    }

    public static Controller create(ControllerContext context) {
        return new TaintEvictionController(context).assemble();
    }

    private Controller assemble() {
        pods.addIndex(
                BY_NODE, pod -> Pods.isAssigned(pod) ? List.of(text(pod.spec().nodeName())) : List.of());
        nodes.addHandler(InformerHandler.onAny(node -> {
            boolean evicts = !evicting(node).isEmpty();
            if (evicts || !waiting.isEmpty()) {
                pods.lister().byIndex(BY_NODE, text(node.metadata().name())).stream()
                        .map(ObjectKey::of)
                        .filter(key -> evicts || waiting.containsKey(key))
                        .forEach(queue::add);
            }
        }));
        pods.addHandler(InformerHandler.onAny(pod -> {
            if (!taintsFor(pod).isEmpty()) {
                queue.add(ObjectKey.of(pod));
            }
        }));
        return new QueueController<>(NAME, queue, 4, this);
    }

    @Override
    public Result reconcile(ObjectKey key) {
        Optional<Pod> found = pods.lister().get(key.namespace(), key.name());
        if (found.isEmpty() || Pods.isTerminating(found.get())) {
            stays(key);
            return Result.done();
        }
        Pod pod = found.get();
        Instant now = clock.instant();
        Optional<Instant> deadline =
                EvictionPlan.deadline(taintsFor(pod), pod.spec().tolerations(), waiting.getOrDefault(key, now));
        if (deadline.isEmpty()) {
            stays(key);
            return Result.done();
        }
        Duration left = Duration.between(now, deadline.get());
        if (left.isPositive()) {
            waiting.putIfAbsent(key, now);
            return Result.requeueAfter(left);
        }
        waiting.remove(key);
        evict(pod, key);
        return Result.done();
    }

    /// The pod was to be evicted and is not, or is gone already.
    private void stays(ObjectKey key) {
        if (waiting.remove(key) != null) {
            tell(key, "Cancelling deletion of Pod " + key);
        }
    }

    private void tell(ObjectKey pod, String message) {
        ObjectReference reference = ObjectReferenceBuilder.builder()
                .apiVersion(PodKind.KIND.apiVersion())
                .kind(PodKind.KIND.name())
                .namespace(pod.namespace())
                .name(pod.name())
                .build();
        events.event(reference, EventSink.NORMAL, "TaintManagerEviction", message);
    }

    private void evict(Pod pod, ObjectKey key) {
        tell(key, "Marking for deletion Pod " + key);
        disruption.mark(pod, "DeletionByTaintManager", "Taint manager: deleting due to NoExecute taint");
        disruption.delete(pod);
    }

    private List<Taint> taintsFor(Pod pod) {
        return nodes.lister()
                .get("", text(pod.spec().nodeName()))
                .map(TaintEvictionController::evicting)
                .orElse(List.of());
    }

    private static List<Taint> evicting(Node node) {
        return node.spec().taints().stream()
                .filter(t -> t.effect().equals("NoExecute"))
                .toList();
    }
}
