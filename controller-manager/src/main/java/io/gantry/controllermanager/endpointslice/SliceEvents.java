package io.gantry.controllermanager.endpointslice;

import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.discovery.v1.endpointslice.EndpointSlice;
import io.gantry.client.ObjectKey;
import io.gantry.client.informer.InformerHandler;
import io.gantry.client.work.WorkQueue;
import io.gantry.controllermanager.common.Expectations;
import java.util.Optional;

/// Turns events of the slices that one controller makes into keys of what they are made of.
///
/// @param manager as which the controller labels its slices
record SliceEvents(String manager, WorkQueue<ObjectKey> queue, Expectations expectations)
        implements InformerHandler<EndpointSlice> {
    /// What a slice is made of, by the name in its labels; empty for those of other controllers.
    static Optional<ObjectKey> source(EndpointSlice slice, String manager) {
        String service = slice.metadata().labels().get(ServiceSlices.SERVICE_NAME);
        return service == null || !manager.equals(slice.metadata().labels().get(ServiceSlices.MANAGED_BY))
                ? Optional.empty()
                : Optional.of(new ObjectKey(text(slice.metadata().namespace()), service));
    }

    @Override
    public void added(EndpointSlice slice) {
        source(slice, manager).ifPresent(expectations::creationSeen);
        changed(slice);
    }

    @Override
    public void updated(EndpointSlice before, EndpointSlice now) {
        changed(now);
    }

    @Override
    public void deleted(EndpointSlice slice) {
        changed(slice);
    }

    private void changed(EndpointSlice slice) {
        source(slice, manager).ifPresent(queue::add);
    }
}
