package io.gantry.controllermanager.endpointslice;

import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.core.v1.endpoints.ObjectReference;
import io.gantry.api.discovery.v1.endpointslice.Endpoint;
import io.gantry.api.discovery.v1.endpointslice.EndpointSlice;
import io.gantry.api.discovery.v1.endpointslice.EndpointSliceBuilder;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The fewest writes that turn the slices that exist into those that are wanted (upstream
/// `staging/src/k8s.io/endpointslice/reconciler.go`): endpoints stay in their slice, slices with room take new ones.
record SlicePlan(List<EndpointSlice> creates, List<EndpointSlice> updates, List<EndpointSlice> deletes) {
    static final int MAX_ENDPOINTS = 100;

    /// @param template labels and owner that every slice is to have; name and version stay
    /// @param existing the slices that belong to the service and this controller
    static SlicePlan of(ObjectMeta template, List<EndpointSlice> existing, SliceSet wanted) {
        SlicePlan plan = new SlicePlan(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        Map<SliceSet.Group, List<EndpointSlice>> groups = new LinkedHashMap<>();
        for (EndpointSlice slice : existing) {
            if (slice.metadata().deletionTimestamp() == null) {
                groups.computeIfAbsent(groupOf(slice), g -> new ArrayList<>()).add(slice);
            }
        }
        groups.forEach((group, slices) -> {
            if (!wanted.groups().containsKey(group)) {
                plan.deletes().addAll(slices);
            }
        });
        wanted.groups()
                .forEach((group, endpoints) ->
                        plan.fill(template, group, groups.getOrDefault(group, List.of()), endpoints));
        return plan;
    }

    /// The slices that stay as they are.
    List<EndpointSlice> unchanged(List<EndpointSlice> existing) {
        Set<String> touched = new HashSet<>();
        updates.forEach(slice -> touched.add(text(slice.metadata().name())));
        deletes.forEach(slice -> touched.add(text(slice.metadata().name())));
        return existing.stream()
                .filter(slice -> slice.metadata().deletionTimestamp() == null)
                .filter(slice -> !touched.contains(text(slice.metadata().name())))
                .toList();
    }

    /// The part that concerns an address type.
    SlicePlan of(String addressType) {
        return new SlicePlan(ofType(creates, addressType), ofType(updates, addressType), ofType(deletes, addressType));
    }

    static List<EndpointSlice> ofType(List<EndpointSlice> slices, String addressType) {
        return slices.stream()
                .filter(slice -> addressType.equals(slice.addressType()))
                .toList();
    }

    /// What makes an endpoint the same one: two pods on one host network share their addresses.
    record Identity(List<String> addresses, String namespace, String name) {
        static Identity of(Endpoint endpoint) {
            ObjectReference target = endpoint.targetRef();
            return target == null
                    ? new Identity(endpoint.addresses(), "", "")
                    : new Identity(endpoint.addresses(), text(target.namespace()), text(target.name()));
        }
    }

    private static SliceSet.Group groupOf(EndpointSlice slice) {
        return new SliceSet.Group(slice.addressType(), slice.ports());
    }

    private void fill(
            ObjectMeta template, SliceSet.Group group, List<EndpointSlice> existing, List<Endpoint> endpoints) {
        Map<Identity, Endpoint> left = new LinkedHashMap<>();
        endpoints.forEach(endpoint -> left.put(Identity.of(endpoint), endpoint));
        List<List<Endpoint>> kept = new ArrayList<>();
        for (EndpointSlice slice : existing) {
            List<Endpoint> mine = new ArrayList<>();
            for (Endpoint old : slice.endpoints()) {
                Endpoint now = left.remove(Identity.of(old));
                if (now != null) {
                    mine.add(now);
                }
            }
            kept.add(mine);
        }
        List<Endpoint> rest = new ArrayList<>(left.values());
        for (int i = 0; i < existing.size(); i++) {
            List<Endpoint> mine = kept.get(i);
            while (mine.size() < MAX_ENDPOINTS && !rest.isEmpty()) {
                mine.add(rest.removeFirst());
            }
            settle(template, existing.get(i), mine, endpoints.isEmpty() && i == 0);
        }
        while (!rest.isEmpty() || endpoints.isEmpty() && existing.isEmpty() && creates.isEmpty()) {
            List<Endpoint> next = List.copyOf(rest.subList(0, Math.min(MAX_ENDPOINTS, rest.size())));
            rest = new ArrayList<>(rest.subList(next.size(), rest.size()));
            creates.add(EndpointSliceBuilder.builder()
                    .metadata(template)
                    .addressType(group.addressType())
                    .endpoints(next)
                    .ports(group.ports())
                    .build());
            if (next.isEmpty()) {
                return;
            }
        }
    }

    private void settle(ObjectMeta template, EndpointSlice slice, List<Endpoint> endpoints, boolean keepEmpty) {
        if (endpoints.isEmpty() && !keepEmpty) {
            deletes.add(slice);
            return;
        }
        ObjectMeta metadata = ObjectMetaBuilder.builder(slice.metadata())
                .labels(template.labels())
                .ownerReferences(template.ownerReferences())
                .annotations(merged(slice.metadata().annotations(), template.annotations()))
                .build();
        boolean same = endpoints.equals(slice.endpoints())
                && template.labels().equals(slice.metadata().labels())
                && template.ownerReferences().equals(slice.metadata().ownerReferences())
                && hasAnnotations(slice, template);
        if (!same) {
            updates.add(EndpointSliceBuilder.builder(slice)
                    .metadata(metadata)
                    .endpoints(endpoints)
                    .build());
        }
    }

    /// Whether the slice has the template's annotations, but for the one that is only news when something else is.
    private static boolean hasAnnotations(EndpointSlice slice, ObjectMeta template) {
        return template.annotations().entrySet().stream()
                .filter(e -> !e.getKey().equals(ServiceSlices.LAST_CHANGE))
                .allMatch(
                        e -> e.getValue().equals(slice.metadata().annotations().get(e.getKey())));
    }

    private static Map<String, String> merged(Map<String, String> own, Map<String, String> more) {
        Map<String, String> result = new LinkedHashMap<>(own);
        result.putAll(more);
        return result;
    }
}
