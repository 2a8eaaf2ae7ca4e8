package io.gantry.clusterdns.zone;

import io.gantry.api.core.v1.service.Service;
import io.gantry.api.discovery.v1.endpointslice.Endpoint;
import io.gantry.api.discovery.v1.endpointslice.EndpointConditions;
import io.gantry.api.discovery.v1.endpointslice.EndpointPort;
import io.gantry.api.discovery.v1.endpointslice.EndpointSlice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// An address of a headless Service with its name.
///
/// @param hostname the pod's hostname, or its address with dashes
/// @param ports the ports of its slice
record HeadlessEndpoint(String hostname, String ip, List<EndpointPort> ports) {
    HeadlessEndpoint {
        ports = List.copyOf(ports);
    }

    /// The addresses that are to be published, each once.
    static List<HeadlessEndpoint> of(Service service, List<EndpointSlice> slices) {
        boolean all = Boolean.TRUE.equals(service.spec().publishNotReadyAddresses());
        Map<String, HeadlessEndpoint> found = new LinkedHashMap<>();
        for (EndpointSlice slice : slices) {
            for (Endpoint endpoint : slice.endpoints()) {
                if (all || ready(endpoint)) {
                    for (String ip : endpoint.addresses()) {
                        found.merge(ip, of(endpoint, ip, slice.ports()), HeadlessEndpoint::joined);
                    }
                }
            }
        }
        return List.copyOf(found.values());
    }

    static HeadlessEndpoint of(Endpoint endpoint, String ip, List<EndpointPort> ports) {
        String hostname = endpoint.hostname();
        return new HeadlessEndpoint(hostname == null || hostname.isEmpty() ? dashed(ip) : hostname, ip, ports);
    }

    private HeadlessEndpoint joined(HeadlessEndpoint other) {
        List<EndpointPort> both = new ArrayList<>(ports);
        both.addAll(other.ports);
        return new HeadlessEndpoint(hostname, ip, both);
    }

    private static boolean ready(Endpoint endpoint) {
        EndpointConditions conditions = endpoint.conditions();
        return conditions == null || !Boolean.FALSE.equals(conditions.ready());
    }

    static String dashed(String ip) {
        return ip.replace('.', '-').replace(':', '-');
    }
}
