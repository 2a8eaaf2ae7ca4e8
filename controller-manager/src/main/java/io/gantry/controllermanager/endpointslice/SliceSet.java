package io.gantry.controllermanager.endpointslice;

import io.gantry.api.discovery.v1.endpointslice.Endpoint;
import io.gantry.api.discovery.v1.endpointslice.EndpointBuilder;
import io.gantry.api.discovery.v1.endpointslice.EndpointHints;
import io.gantry.api.discovery.v1.endpointslice.EndpointPort;
import io.gantry.api.discovery.v1.endpointslice.EndpointSlice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The endpoints that a service is to have, grouped as slices demand: by address type and ports.
///
/// @param groups endpoints by group, each group's in a stable order
/// @param skipped why pods are left out that are to be endpoints
record SliceSet(Map<Group, List<Endpoint>> groups, List<String> skipped) {
    /// What all endpoints of a slice share.
    ///
    /// @param addressType `IPv4` or `IPv6`
    record Group(String addressType, List<EndpointPort> ports) {}

    static SliceSet empty() {
        return new SliceSet(new LinkedHashMap<>(), new ArrayList<>());
    }

    void add(Group group, Endpoint endpoint) {
        groups.computeIfAbsent(group, g -> new ArrayList<>()).add(endpoint);
    }

    /// The same where endpoints without hints have those that they have in existing slices.
    SliceSet withHintsOf(List<EndpointSlice> existing) {
        Map<SlicePlan.Identity, EndpointHints> hints = new HashMap<>();
        for (EndpointSlice slice : existing) {
            for (Endpoint endpoint : slice.endpoints()) {
                if (endpoint.hints() != null) {
                    hints.put(SlicePlan.Identity.of(endpoint), endpoint.hints());
                }
            }
        }
        Map<Group, List<Endpoint>> hinted = new LinkedHashMap<>();
        groups.forEach((group, endpoints) -> hinted.put(
                group,
                endpoints.stream()
                        .map(endpoint -> EndpointBuilder.builder(endpoint)
                                .hints(hints.get(SlicePlan.Identity.of(endpoint)))
                                .build())
                        .toList()));
        return new SliceSet(hinted, skipped);
    }
}
