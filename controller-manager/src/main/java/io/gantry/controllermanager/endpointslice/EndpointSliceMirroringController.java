package io.gantry.controllermanager.endpointslice;

import io.gantry.api.core.v1.endpoints.Endpoints;
import io.gantry.api.core.v1.endpoints.EndpointsKind;
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
import java.util.List;
import java.util.Optional;

/// Shows Endpoints of services without selector as EndpointSlices, which is what proxies and DNS read.
public final class EndpointSliceMirroringController implements Reconciler<ObjectKey> {
    private static final String NAME = "endpoint-slice-mirroring-controller";
    private static final String BY_ENDPOINTS = "mirrored";

    private final Informer<Endpoints> endpoints;
    private final Informer<Service> services;
    private final Informer<EndpointSlice> slices;
    private final Expectations expectations;
    private final SliceWriter writer;
    private final EventSink events;
    private final WorkQueue<ObjectKey> queue = new WorkQueue<>();

    private EndpointSliceMirroringController(ControllerContext context) {
        this.endpoints = context.informers().informer(EndpointsKind.KIND);
        this.services = context.informers().informer(ServiceKind.KIND);
        this.slices = context.informers().informer(EndpointSliceKind.KIND);
        this.expectations = new Expectations(context.clock());
        this.writer = new SliceWriter(context.client(), expectations);
        this.events = context.events().apply(NAME);
    }

    public static Controller create(ControllerContext context) {
        return new EndpointSliceMirroringController(context).assemble();
    }

    private Controller assemble() {
        slices.addIndex(
                BY_ENDPOINTS,
                slice -> mirrorOf(slice).map(key -> List.of(key.toString())).orElse(List.of()));
        endpoints.addHandler(InformerHandler.onAny(e -> queue.add(ObjectKey.of(e))));
        services.addHandler(InformerHandler.onAny(s -> queue.add(ObjectKey.of(s))));
        slices.addHandler(new SliceEvents(MirroredSlices.MANAGER, queue, expectations));
        return new QueueController<>(NAME, queue, 2, this);
    }

    private static Optional<ObjectKey> mirrorOf(EndpointSlice slice) {
        return SliceEvents.source(slice, MirroredSlices.MANAGER);
    }

    @Override
    public Result reconcile(ObjectKey key) {
        List<EndpointSlice> existing = slices.lister().byIndex(BY_ENDPOINTS, key.toString());
        Optional<Endpoints> source = endpoints
                .lister()
                .get(key.namespace(), key.name())
                .filter(MirroredSlices::isMirrored)
                .filter(e -> e.metadata().deletionTimestamp() == null);
        boolean unselective = services.lister()
                .get(key.namespace(), key.name())
                .map(s -> s.spec().selector().isEmpty())
                .orElse(false);
        if (source.isEmpty() || !unselective) {
            existing.forEach(writer::delete);
            expectations.forget(key);
            return Result.done();
        }
        if (expectations.met(key)) {
            tellSkipped(source.get());
            writer.apply(
                    key,
                    SlicePlan.of(MirroredSlices.template(source.get()), existing, MirroredSlices.wanted(source.get())));
        }
        return Result.done();
    }

    private void tellSkipped(Endpoints source) {
        int skipped = MirroredSlices.skipped(source);
        if (skipped > 0) {
            events.event(
                    source,
                    EventSink.WARNING,
                    "TooManyAddressesToMirror",
                    "A max of " + MirroredSlices.MAX_ADDRESSES
                            + " addresses can be mirrored to EndpointSlices per Endpoints subset. " + skipped
                            + " addresses were skipped");
        }
    }
}
