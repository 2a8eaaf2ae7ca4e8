package io.gantry.controllermanager.resourceclaim;

import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.resource.v1.resourceclaim.PodClaims;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaim;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaimKind;
import io.gantry.api.resource.v1.resourceclaimtemplate.ResourceClaimTemplate;
import io.gantry.api.resource.v1.resourceclaimtemplate.ResourceClaimTemplateKind;
import io.gantry.client.ObjectKey;
import io.gantry.client.event.EventSink;
import io.gantry.client.informer.Informer;
import io.gantry.client.informer.InformerHandler;
import io.gantry.client.work.Reconciler;
import io.gantry.client.work.WorkQueue;
import io.gantry.controllermanager.Controller;
import io.gantry.controllermanager.ControllerContext;
import io.gantry.controllermanager.QueueController;
import io.gantry.controllermanager.common.Owners;
import io.gantry.controllermanager.resourceclaim.WorkKey.ForClaim;
import io.gantry.controllermanager.resourceclaim.WorkKey.ForPod;
import java.util.List;

/// Makes the claims of pods from their templates, and frees claims whose pods are done (upstream
/// `pkg/controller/resourceclaim`). A pod asks for its own claims; one that is done, for each of them; a claim that
/// changes, for the pods that name it; a template, for the pods that wait for it.
public final class ResourceClaimController {
    private static final String NAME = "resource_claim";
    private static final int WORKERS = 4;
    private static final String BY_CLAIM = "podResourceClaim";
    private static final String BY_TEMPLATE = "podResourceClaimTemplate";

    private final Informer<Pod> pods;
    private final Informer<ResourceClaim> claims;
    private final Informer<ResourceClaimTemplate> templates;
    private final MadeClaims made;
    private final DeletedPods deleted = new DeletedPods();
    private final WorkQueue<WorkKey> queue = new WorkQueue<>();

    private ResourceClaimController(ControllerContext context) {
        this.pods = context.informers().informer(PodKind.KIND);
        this.claims = context.informers().informer(ResourceClaimKind.KIND);
        this.templates = context.informers().informer(ResourceClaimTemplateKind.KIND);
        this.made = new MadeClaims(claims, context.client().resource(ResourceClaimKind.KIND));
    }

    public static Controller create(ControllerContext context) {
        ResourceClaimController controller = new ResourceClaimController(context);
        controller.index();
        controller.follow();
        return controller.assemble(context);
    }

    private Controller assemble(ControllerContext context) {
        ClaimMetrics metrics = new ClaimMetrics(claims.lister());
        context.metrics().lookUp(metrics::text);
        EventSink events = context.events().apply(NAME);
        PodClaimsReconciler ofPods = new PodClaimsReconciler(
                pods.lister(), claims.lister(), templates.lister(), made, context.client(), metrics, events);
        ClaimReconciler ofClaims = new ClaimReconciler(pods.lister(), claims.lister(), deleted, context.client());
        Reconciler<WorkKey> reconciler = key -> switch (key) {
            case ForPod(ObjectKey pod) -> ofPods.reconcile(pod);
            case ForClaim(ObjectKey claim) -> ofClaims.reconcile(claim);
        };
        return new QueueController<>(NAME, queue, WORKERS, reconciler);
    }

    private void index() {
        pods.addIndex(
                BY_CLAIM,
                pod -> PodClaims.names(pod).stream()
                        .map(name -> inNamespaceOf(pod, name).toString())
                        .toList());
        pods.addIndex(
                BY_TEMPLATE,
                pod -> pod.spec().resourceClaims().stream()
                        .filter(entry -> entry.resourceClaimTemplateName() != null)
                        .map(entry -> inNamespaceOf(pod, text(entry.resourceClaimTemplateName()))
                                .toString())
                        .toList());
    }

    private void follow() {
        pods.addHandler(InformerHandler.of(this::changed, this::gone));
        claims.addHandler(InformerHandler.of(
                claim -> {
                    queue.add(new ForClaim(ObjectKey.of(claim)));
                    askForPods(BY_CLAIM, ObjectKey.of(claim));
                },
                claim -> askForPods(BY_CLAIM, ObjectKey.of(claim))));
        templates.addHandler(InformerHandler.onAny(template -> askForPods(BY_TEMPLATE, ObjectKey.of(template))));
    }

    private void changed(Pod pod) {
        if (!PodClaims.hasAny(pod)) {
            return;
        }
        if (ClaimPlan.isDone(pod)) {
            askForClaimsOf(pod);
        } else {
            queue.add(new ForPod(ObjectKey.of(pod)));
        }
    }

    private void gone(Pod pod) {
        if (PodClaims.hasAny(pod)) {
            deleted.add(Owners.uid(pod));
            made.forget(pod);
            askForClaimsOf(pod);
        }
    }

    private void askForClaimsOf(Pod pod) {
        PodClaims.names(pod).forEach(name -> queue.add(new ForClaim(inNamespaceOf(pod, name))));
    }

    private void askForPods(String index, ObjectKey key) {
        List<Pod> using = pods.lister().byIndex(index, key.toString());
        using.forEach(pod -> queue.add(new ForPod(ObjectKey.of(pod))));
    }

    private static ObjectKey inNamespaceOf(Pod pod, String name) {
        return new ObjectKey(ObjectKey.of(pod).namespace(), name);
    }
}
