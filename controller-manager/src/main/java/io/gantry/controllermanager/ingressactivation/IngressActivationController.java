package io.gantry.controllermanager.ingressactivation;

import io.gantry.api.StatusException;
import io.gantry.api.networking.v1.ingress.Ingress;
import io.gantry.api.networking.v1.ingress.IngressKind;
import io.gantry.api.networking.v1.ingressclass.IngressClass;
import io.gantry.api.networking.v1.ingressclass.IngressClassKind;
import io.gantry.client.informer.Informer;
import io.gantry.client.informer.InformerHandler;
import io.gantry.client.work.Result;
import io.gantry.client.work.WorkQueue;
import io.gantry.controllermanager.Controller;
import io.gantry.controllermanager.ControllerContext;
import io.gantry.controllermanager.QueueController;

/// Has the ingress process run while there is an Ingress to serve, so that a cluster without one pays nothing for it;
/// and makes the class of the Ingresses that it serves (`docs/decisions/processes-on-demand.md`).
public final class IngressActivationController {
    private static final String NAME = "ingress-activation";

    private IngressActivationController() {}

    public static Controller create(ControllerContext context) {
        Informer<Ingress> ingresses = context.informers().informer(IngressKind.KIND);
        Informer<IngressClass> classes = context.informers().informer(IngressClassKind.KIND);
        ActivationFile file =
                new ActivationFile(context.options().ingressActivation().orElseThrow());
        WorkQueue<String> queue = new WorkQueue<>();
        ingresses.addHandler(InformerHandler.onAny(ingress -> queue.add(NAME)));
        classes.addHandler(InformerHandler.onAny(known -> queue.add(NAME)));
        queue.add(NAME);
        return new QueueController<>(NAME, queue, 1, key -> {
            ActivationPlan plan =
                    ActivationPlan.of(ingresses.lister().all(), classes.lister().all());
            file.set(plan.wanted());
            if (plan.makeClass()) {
                makeClass(context);
            }
            return Result.done();
        });
    }

    private static void makeClass(ControllerContext context) {
        try {
            context.client().resource(IngressClassKind.KIND).create(ActivationPlan.ingressClass());
        } catch (StatusException e) {
            if (!e.isAlreadyExists()) {
                throw e;
            }
        }
    }
}
