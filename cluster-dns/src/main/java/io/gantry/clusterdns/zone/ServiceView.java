package io.gantry.clusterdns.zone;

import io.gantry.api.core.v1.service.Service;
import io.gantry.api.discovery.v1.endpointslice.EndpointSlice;
import java.util.List;
import java.util.Optional;

/// What the zone reads of the cluster; answers at once from memory.
public interface ServiceView {
    Optional<Service> service(String namespace, String name);

    /// Whether the namespace has any Service.
    boolean hasServices(String namespace);

    List<EndpointSlice> slices(String namespace, String service);

    List<Service> servicesWithIp(String ip);

    List<EndpointSlice> slicesWithAddress(String ip);
}
