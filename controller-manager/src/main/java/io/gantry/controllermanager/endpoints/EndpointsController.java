package io.gantry.controllermanager.endpoints;

import io.gantry.api.StatusException;
import io.gantry.api.core.v1.endpoints.Endpoints;
import io.gantry.api.core.v1.endpoints.EndpointsKind;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.core.v1.service.Service;
import io.gantry.api.core.v1.service.ServiceKind;
import io.gantry.client.Deletion;
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
import io.gantry.controllermanager.common.Labels;
import io.gantry.controllermanager.common.Namespaces;
import io.gantry.controllermanager.common.Owners;
import io.gantry.controllermanager.endpointslice.ServicePodEvents;
import io.gantry.controllermanager.endpointslice.ServicePods;
import java.util.List;
import java.util.Optional;

/// Keeps the older Endpoints objects of services that select pods, and removes those of services that are gone.
public final class EndpointsController implements Reconciler<ObjectKey> {
    private static final String NAME = "endpoint-controller";
    private static final int WORKERS = 5;

    private final Informer<Service> services;
    private final Informer<Pod> pods;
    private final Informer<Endpoints> endpoints;
    private final Resource<Endpoints> resource;
    private final EventSink events;
    private final WorkQueue<ObjectKey> queue = new WorkQueue<>();

    private EndpointsController(ControllerContext context) {
        this.services = context.informers().informer(ServiceKind.KIND);
        this.pods = context.informers().informer(PodKind.KIND);
        this.endpoints = context.informers().informer(EndpointsKind.KIND);
        this.resource = context.client().resource(EndpointsKind.KIND);
        this.events = context.events().apply(NAME);
    }

    public static Controller create(ControllerContext context) {
        EndpointsController controller = new EndpointsController(context);
        controller.services.addHandler(InformerHandler.onAny(s -> controller.queue.add(ObjectKey.of(s))));
        controller.pods.addHandler(new ServicePodEvents(controller.services.lister(), controller.queue));
        controller.endpoints.addHandler(new InformerHandler<>() {
            @Override
            public void deleted(Endpoints last) {
                controller.queue.add(ObjectKey.of(last));
            }
        });
        return new QueueController<>(NAME, controller.queue, WORKERS, controller);
    }

    @Override
    public Result reconcile(ObjectKey key) {
        Optional<Endpoints> existing = endpoints.lister().get(key.namespace(), key.name());
        Optional<Service> found = services.lister().get(key.namespace(), key.name());
        if (found.isEmpty()) {
            existing.ifPresent(this::delete);
            return Result.done();
        }
        Service service = found.get();
        if (!ServicePods.isSelecting(service)) {
            return Result.done();
        }
        List<Pod> selected = pods.lister().inNamespace(key.namespace()).stream()
                .filter(pod ->
                        Labels.matches(service.spec().selector(), pod.metadata().labels()))
                .toList();
        Endpoints wanted = EndpointsPlan.of(service, selected, existing);
        try {
            if (existing.isEmpty()) {
                resource.create(wanted);
            } else if (!isSame(existing.get(), wanted)) {
                resource.update(wanted);
            }
        } catch (StatusException e) {
            if (!e.isAlreadyExists() && !Namespaces.isGone(e)) {
                failed(wanted, existing.isEmpty(), e);
                throw e;
            }
        }
        return Result.done();
    }

    private void failed(Endpoints wanted, boolean isNew, StatusException why) {
        events.event(
                wanted,
                EventSink.WARNING,
                isNew ? "FailedToCreateEndpoint" : "FailedToUpdateEndpoint",
                (isNew ? "Failed to create endpoint for service " : "Failed to update endpoint ") + ObjectKey.of(wanted)
                        + ": " + why.getMessage());
    }

    private static boolean isSame(Endpoints a, Endpoints b) {
        return a.subsets().equals(b.subsets())
                && a.metadata().labels().equals(b.metadata().labels())
                && a.metadata().annotations().equals(b.metadata().annotations());
    }

    private void delete(Endpoints object) {
        ObjectKey key = ObjectKey.of(object);
        try {
            resource.delete(key.namespace(), key.name(), Deletion.defaults().withUid(Owners.uid(object)));
        } catch (StatusException e) {
            if (!e.isNotFound() && !e.isConflict()) {
                throw e;
            }
        }
    }
}
