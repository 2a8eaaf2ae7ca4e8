package io.gantry.controllermanager.podautoscaler;

import io.gantry.api.autoscaling.v2.horizontalpodautoscaler.HorizontalPodAutoscaler;
import io.gantry.api.autoscaling.v2.horizontalpodautoscaler.HorizontalPodAutoscalerKind;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.client.ObjectKey;
import io.gantry.client.informer.Informer;
import io.gantry.client.informer.InformerHandler;
import io.gantry.client.work.WorkQueue;
import io.gantry.controllermanager.Controller;
import io.gantry.controllermanager.ControllerContext;
import io.gantry.controllermanager.QueueController;
import io.gantry.controllermanager.disruption.ScaleReader;

/// Watches autoscalers. A new one and one whose wishes change is looked at at once, each once a period.
public final class HorizontalPodAutoscalerController {
    private static final String NAME = "horizontal-pod-autoscaler";

    private HorizontalPodAutoscalerController() {}

    public static Controller create(ControllerContext context) {
        Informer<HorizontalPodAutoscaler> autoscalers = context.informers().informer(HorizontalPodAutoscalerKind.KIND);
        WorkQueue<ObjectKey> queue = new WorkQueue<>();
        autoscalers.addHandler(new InformerHandler<>() {
            @Override
            public void added(HorizontalPodAutoscaler now) {
                queue.add(ObjectKey.of(now));
            }

            @Override
            public void updated(HorizontalPodAutoscaler before, HorizontalPodAutoscaler now) {
                if (!before.spec().equals(now.spec())) {
                    queue.add(ObjectKey.of(now));
                }
            }

            @Override
            public void deleted(HorizontalPodAutoscaler last) {
                queue.add(ObjectKey.of(last));
            }
        });
        AutoscalerOptions options = context.options().autoscaling();
        ScaleReader kinds = new ScaleReader(context.client());
        AutoscalerReconciler reconciler = new AutoscalerReconciler(
                new AutoscalerReconciler.Listers(
                        autoscalers.lister(),
                        context.informers().informer(PodKind.KIND).lister()),
                context.client().resource(HorizontalPodAutoscalerKind.KIND),
                new ScaleTargets(context.client(), kinds),
                new ApiMetrics(context.client(), kinds::kind),
                context.events().apply(NAME),
                options,
                context.clock());
        context.metrics().lookUp(reconciler::figures);
        return new QueueController<>(NAME, queue, options.workers(), reconciler);
    }
}
