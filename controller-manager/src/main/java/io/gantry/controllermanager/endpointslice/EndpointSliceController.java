package io.gantry.controllermanager.endpointslice;

import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.StatusException;
import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.node.NodeKind;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.core.v1.service.Service;
import io.gantry.api.core.v1.service.ServiceKind;
import io.gantry.api.discovery.v1.endpointslice.EndpointSlice;
import io.gantry.api.discovery.v1.endpointslice.EndpointSliceKind;
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
import io.gantry.controllermanager.common.Expectations;
import io.gantry.controllermanager.common.Labels;
import java.util.List;
import java.util.Optional;

/// Keeps the EndpointSlices of services that select pods.
public final class EndpointSliceController implements Reconciler<ObjectKey> {
    private static final String NAME = "endpoint-slice-controller";
    private static final int WORKERS = 5;
    private static final String BY_SERVICE = "service";

    private final Informer<Service> services;
    private final Informer<Pod> pods;
    private final Informer<Node> nodes;
    private final Informer<EndpointSlice> slices;
    private final Expectations expectations;
    private final SliceWriter writer;
    private final EventSink events;
    private final TopologyMemory topology;
    private final WorkQueue<ObjectKey> queue = new WorkQueue<>();
    private final SliceFigures figures = new SliceFigures();

    private EndpointSliceController(ControllerContext context) {
        this.services = context.informers().informer(ServiceKind.KIND);
        this.pods = context.informers().informer(PodKind.KIND);
        this.nodes = context.informers().informer(NodeKind.KIND);
        this.slices = context.informers().informer(EndpointSliceKind.KIND);
        this.expectations = new Expectations(context.clock());
        this.writer = new SliceWriter(context.client(), expectations);
        this.events = context.events().apply(NAME);
        this.topology = new TopologyMemory(nodes.lister(), events);
    }

    public static Controller create(ControllerContext context) {
        EndpointSliceController controller = new EndpointSliceController(context);
        context.metrics().lookUp(controller::metrics);
        return controller.assemble();
    }

    private String metrics() {
        List<EndpointSlice> own = slices.lister().all().stream()
                .filter(slice -> serviceOf(slice).isPresent())
                .toList();
        return figures.scrape(own, services.lister().all());
    }

    private Controller assemble() {
        slices.addIndex(
                BY_SERVICE,
                slice -> serviceOf(slice).map(key -> List.of(key.toString())).orElse(List.of()));
        nodes.addHandler(new NodeEvents());
        services.addHandler(InformerHandler.onAny(service -> queue.add(ObjectKey.of(service))));
        pods.addHandler(new ServicePodEvents(services.lister(), queue));
        slices.addHandler(new SliceEvents(ServiceSlices.MANAGER, queue, expectations));
        return new QueueController<>(NAME, queue, WORKERS, this);
    }

    /// The service that a slice of this controller belongs to.
    private static Optional<ObjectKey> serviceOf(EndpointSlice slice) {
        return SliceEvents.source(slice, ServiceSlices.MANAGER);
    }

    @Override
    public Result reconcile(ObjectKey key) {
        Optional<Service> found = services.lister().get(key.namespace(), key.name());
        if (found.isEmpty()) {
            expectations.forget(key);
            topology.forget(key);
            return Result.done();
        }
        Service service = found.get();
        if (!ServicePods.isSelecting(service) || service.metadata().deletionTimestamp() != null) {
            return Result.done();
        }
        if (!expectations.met(key)) {
            return Result.done();
        }
        List<Pod> selected = pods.lister().inNamespace(key.namespace()).stream()
                .filter(pod ->
                        Labels.matches(service.spec().selector(), pod.metadata().labels()))
                .toList();
        SliceSet wanted = ServiceSlices.wanted(service, selected, nodes.lister());
        List<EndpointSlice> existing = slices.lister().byIndex(BY_SERVICE, key.toString());
        SlicePlan plan = topology.plan(service, ServiceSlices.template(service, selected), existing, wanted);
        figures.compared(existing, wanted, plan);
        try {
            writer.apply(key, plan);
            figures.synced(false);
        } catch (StatusException e) {
            figures.synced(true);
            if (!e.isConflict() && !e.isNotFound()) {
                failed(service, text(e.getMessage()));
            }
            throw e;
        }
        if (!wanted.skipped().isEmpty()) {
            String why = String.join(", ", wanted.skipped());
            failed(service, wanted.skipped().size() == 1 ? why : "[" + why + "]");
            throw StatusException.unavailable(why);
        }
        return Result.done();
    }

    private void failed(Service service, String why) {
        events.event(
                service,
                EventSink.WARNING,
                "FailedToUpdateEndpointSlices",
                "Error updating Endpoint Slices for Service " + ObjectKey.of(service) + ": " + why);
    }

    /// Nodes came, went or moved: services with hints by zone may need other ones.
    private final class NodeEvents implements InformerHandler<Node> {
        @Override
        public void added(Node node) {
            changed();
        }

        @Override
        public void updated(Node before, Node now) {
            if (ZoneShares.matters(before, now)) {
                changed();
            }
        }

        @Override
        public void deleted(Node node) {
            changed();
        }

        private void changed() {
            topology.nodesChanged();
            for (Service service : services.lister().all()) {
                if (TopologyHints.areWanted(service)) {
                    queue.add(ObjectKey.of(service));
                }
            }
        }
    }
}
