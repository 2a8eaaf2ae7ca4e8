package io.gantry.controllermanager.disruption;

import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.StatusException;
import io.gantry.api.apps.v1.deployment.DeploymentKind;
import io.gantry.api.apps.v1.replicaset.ReplicaSetKind;
import io.gantry.api.apps.v1.statefulset.StatefulSetKind;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.core.v1.replicationcontroller.ReplicationControllerKind;
import io.gantry.api.meta.v1.LabelSelector;
import io.gantry.api.policy.v1.poddisruptionbudget.PodDisruptionBudget;
import io.gantry.api.policy.v1.poddisruptionbudget.PodDisruptionBudgetBuilder;
import io.gantry.api.policy.v1.poddisruptionbudget.PodDisruptionBudgetKind;
import io.gantry.client.ObjectKey;
import io.gantry.client.Resource;
import io.gantry.client.event.EventSink;
import io.gantry.client.informer.Informer;
import io.gantry.client.informer.InformerHandler;
import io.gantry.client.work.Reconciler;
import io.gantry.client.work.Result;
import io.gantry.client.work.WorkQueue;
import io.gantry.controllermanager.Controller;
import io.gantry.controllermanager.ControllerContext;
import io.gantry.controllermanager.QueueController;
import io.gantry.controllermanager.common.Fields;
import io.gantry.controllermanager.common.Labels;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Keeps the status of PodDisruptionBudgets, from which evictions are allowed or refused.
public final class DisruptionController implements Reconciler<ObjectKey> {
    private static final String NAME = "disruption-controller";

    private final Informer<PodDisruptionBudget> budgets;
    private final Informer<Pod> pods;
    private final ExpectedPods expected;
    private final Resource<PodDisruptionBudget> resource;
    private final EventSink events;
    private final Clock clock;
    private final WorkQueue<ObjectKey> queue = new WorkQueue<>();

    private DisruptionController(ControllerContext context) {
        this.budgets = context.informers().informer(PodDisruptionBudgetKind.KIND);
        this.pods = context.informers().informer(PodKind.KIND);
        this.expected = new ExpectedPods(
                context.informers().informer(DeploymentKind.KIND).lister(),
                context.informers().informer(ReplicaSetKind.KIND).lister(),
                context.informers().informer(StatefulSetKind.KIND).lister(),
                context.informers().informer(ReplicationControllerKind.KIND).lister(),
                new ScaleReader(context.client()));
        this.events = context.events().apply(NAME);
        this.resource = context.client().resource(PodDisruptionBudgetKind.KIND);
        this.clock = context.clock();
    }

    public static Controller create(ControllerContext context) {
        DisruptionController controller = new DisruptionController(context);
        controller.budgets.addHandler(InformerHandler.onAny(b -> controller.queue.add(ObjectKey.of(b))));
        controller.pods.addHandler(controller.new PodEvents());
        return Controller.of(
                new QueueController<>(NAME, controller.queue, 1, controller), StaleDisruptions.create(context));
    }

    private final class PodEvents implements InformerHandler<Pod> {
        @Override
        public void added(Pod pod) {
            podChanged(pod);
        }

        @Override
        public void updated(Pod before, Pod now) {
            if (!before.metadata().labels().equals(now.metadata().labels())) {
                podChanged(before);
            }
            podChanged(now);
        }

        @Override
        public void deleted(Pod pod) {
            podChanged(pod);
        }
    }

    private void podChanged(Pod pod) {
        List<PodDisruptionBudget> selecting = budgets
                .lister()
                .inNamespace(ObjectKey.of(pod).namespace())
                .stream()
                .filter(budget -> selects(budget.spec().selector(), pod))
                .toList();
        selecting.forEach(budget -> queue.add(ObjectKey.of(budget)));
        if (selecting.size() > 1) {
            events.event(
                    pod,
                    EventSink.WARNING,
                    "MultiplePodDisruptionBudgets",
                    BudgetWords.several(ObjectKey.of(pod), selecting.getFirst()));
        }
    }

    private DisruptionPlan plan(PodDisruptionBudget budget, List<Pod> selected) {
        Instant now = Fields.now(clock);
        if (selected.isEmpty()) {
            events.event(budget, EventSink.NORMAL, "NoPods", "No matching pods found");
        }
        ExpectedPods.Count count;
        try {
            count = expected.of(budget, selected);
        } catch (StatusException e) {
            String message = text(e.getMessage());
            events.event(
                    budget,
                    EventSink.WARNING,
                    "CalculateExpectedPodCountFailed",
                    "Failed to calculate the number of expected pods: " + message);
            return DisruptionPlan.failed(budget, message, now);
        }
        if (!count.unmanaged().isEmpty()) {
            events.event(budget, EventSink.WARNING, "UnmanagedPods", BudgetWords.unmanaged(budget));
        }
        DisruptionPlan.notDeleted(budget, selected, now)
                .forEach(pod -> events.event(pod, EventSink.WARNING, "NotDeleted", BudgetWords.notDeleted(budget)));
        return DisruptionPlan.of(budget, selected, count.expected(), now);
    }

    /// No selector selects nothing, an empty one everything.
    private static boolean selects(@Nullable LabelSelector selector, Pod pod) {
        return selector != null && Labels.matches(selector, pod.metadata().labels());
    }

    @Override
    public Result reconcile(ObjectKey key) {
        Optional<PodDisruptionBudget> found = budgets.lister().get(key.namespace(), key.name());
        if (found.isEmpty()) {
            return Result.done();
        }
        PodDisruptionBudget budget = found.get();
        List<Pod> selected = pods.lister().inNamespace(key.namespace()).stream()
                .filter(pod -> selects(budget.spec().selector(), pod))
                .toList();
        DisruptionPlan plan = plan(budget, selected);
        if (!plan.status().equals(budget.status())) {
            resource.updateStatus(PodDisruptionBudgetBuilder.builder(budget)
                    .status(plan.status())
                    .build());
        }
        return plan.next()
                .map(at -> Result.requeueAfter(
                        Duration.between(clock.instant(), at).plusMillis(100)))
                .orElse(Result.done());
    }
}
