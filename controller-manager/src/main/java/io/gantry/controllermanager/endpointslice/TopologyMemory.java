package io.gantry.controllermanager.endpointslice;

import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.service.Service;
import io.gantry.api.discovery.v1.endpointslice.EndpointSlice;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.client.ObjectKey;
import io.gantry.client.event.EventSink;
import io.gantry.client.informer.Lister;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Which services have hints by zone, so that users are told when that begins and ends, and how CPU is spread over
/// zones. Thread-safe.
final class TopologyMemory {
    private final Lister<Node> nodes;
    private final EventSink events;
    private final Set<ObjectKey> hinted = ConcurrentHashMap.newKeySet();
    private final AtomicReference<@Nullable ZoneShares> shares = new AtomicReference<>();

    TopologyMemory(Lister<Node> nodes, EventSink events) {
        this.nodes = nodes;
        this.events = events;
    }

    /// The shares are to be computed again when they are needed next.
    void nodesChanged() {
        shares.set(null);
    }

    void forget(ObjectKey service) {
        hinted.remove(service);
    }

    private ZoneShares shares() {
        ZoneShares known = shares.get();
        if (known != null) {
            return known;
        }
        ZoneShares made = ZoneShares.of(nodes.all());
        shares.set(made);
        return made;
    }

    /// The writes for a service, with hints where it asks for them.
    SlicePlan plan(Service service, ObjectMeta template, List<EndpointSlice> existing, SliceSet wanted) {
        SlicePlan bare = SlicePlan.of(template, existing, wanted);
        if (!TopologyHints.areWanted(service)) {
            if (hinted.remove(ObjectKey.of(service))) {
                ServiceSlices.addressTypes(service)
                        .forEach(type -> disabled(service, "Topology Aware Hints has been disabled", type));
            }
            return bare;
        }
        SlicePlan carried = SlicePlan.of(template, existing, wanted.withHintsOf(existing));
        SlicePlan all = new SlicePlan(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        List<String> types = ServiceSlices.addressTypes(service);
        for (String type : types) {
            TopologyHints hints =
                    TopologyHints.of(carried.of(type), SlicePlan.ofType(existing, type), bare.of(type), shares());
            tell(service, hints, type);
            add(all, hints.plan());
        }
        bare.deletes().stream()
                .filter(slice -> !types.contains(slice.addressType()))
                .forEach(all.deletes()::add);
        return all;
    }

    private static void add(SlicePlan all, SlicePlan part) {
        all.creates().addAll(part.creates());
        all.updates().addAll(part.updates());
        all.deletes().addAll(part.deletes());
    }

    private void tell(Service service, TopologyHints hints, String type) {
        if (!hints.problem().isEmpty()) {
            hinted.remove(ObjectKey.of(service));
            disabled(service, hints.problem(), type);
        } else if (hinted.add(ObjectKey.of(service))) {
            events.event(
                    service,
                    EventSink.NORMAL,
                    "TopologyAwareHintsEnabled",
                    "Topology Aware Hints has been enabled, addressType: " + type);
        }
    }

    private void disabled(Service service, String why, String type) {
        events.event(service, EventSink.WARNING, "TopologyAwareHintsDisabled", why + ", addressType: " + type);
    }
}
