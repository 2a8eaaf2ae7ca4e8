package io.gantry.controllermanager.endpointslice;

import io.gantry.api.discovery.v1.endpointslice.Endpoint;
import io.gantry.api.discovery.v1.endpointslice.EndpointPort;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The endpoints that a service is to have, grouped as slices demand: by address type and ports.
///
/// @param groups endpoints by group, each group's in a stable order
record SliceSet(Map<Group, List<Endpoint>> groups) {
    /// What all endpoints of a slice share.
    ///
    /// @param addressType `IPv4` or `IPv6`
    record Group(String addressType, List<EndpointPort> ports) {}

    static SliceSet empty() {
        return new SliceSet(new LinkedHashMap<>());
    }

    void add(Group group, Endpoint endpoint) {
        groups.computeIfAbsent(group, g -> new ArrayList<>()).add(endpoint);
    }
}
