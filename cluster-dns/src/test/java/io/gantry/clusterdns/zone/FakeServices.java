package io.gantry.clusterdns.zone;

import io.gantry.api.Json;
import io.gantry.api.core.v1.service.Service;
import io.gantry.api.discovery.v1.endpointslice.EndpointSlice;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Services and slices in lists, from JSON with single quotes.
public final class FakeServices implements ServiceView {
    private final List<Service> services = new ArrayList<>();
    private final List<EndpointSlice> slices = new ArrayList<>();

    /// A Service in `default` with the spec given as JSON members.
    public FakeServices withService(String name, String spec) {
        services.add(Json.MAPPER.readValue(
                ("{'metadata':{'name':'" + name + "','namespace':'default'},'spec':{" + spec + "}}").replace('\'', '"'),
                Service.class));
        return this;
    }

    /// A slice of a Service in `default` with a port http 8080/TCP and the endpoints given as JSON.
    public FakeServices withSlice(String service, String endpoints) {
        slices.add(Json.MAPPER.readValue(
                ("{'metadata':{'name':'" + service
                                + "-x','namespace':'default','labels':{'kubernetes.io/service-name':'" + service
                                + "'}},'addressType':'IPv4','ports':[{'name':'http','port':8080,'protocol':'TCP'}],"
                                + "'endpoints':[" + endpoints + "]}")
                        .replace('\'', '"'),
                EndpointSlice.class));
        return this;
    }

    @Override
    public Optional<Service> service(String namespace, String name) {
        return services.stream()
                .filter(s -> Objects.equals(s.metadata().namespace(), namespace)
                        && Objects.equals(s.metadata().name(), name))
                .findFirst();
    }

    @Override
    public boolean hasServices(String namespace) {
        return services.stream().anyMatch(s -> Objects.equals(s.metadata().namespace(), namespace));
    }

    @Override
    public List<EndpointSlice> slices(String namespace, String service) {
        return slices.stream()
                .filter(s -> service.equals(s.metadata().labels().get("kubernetes.io/service-name")))
                .toList();
    }

    @Override
    public List<Service> servicesWithIp(String ip) {
        return services.stream().filter(s -> ip.equals(s.spec().clusterIP())).toList();
    }

    @Override
    public List<EndpointSlice> slicesWithAddress(String ip) {
        return slices.stream()
                .filter(s -> s.endpoints().stream().anyMatch(e -> e.addresses().contains(ip)))
                .toList();
    }
}
