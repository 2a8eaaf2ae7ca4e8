package io.gantry.clusterdns.zone;

import io.gantry.api.core.v1.service.Service;
import io.gantry.api.core.v1.service.ServiceKind;
import io.gantry.api.discovery.v1.endpointslice.Endpoint;
import io.gantry.api.discovery.v1.endpointslice.EndpointSlice;
import io.gantry.api.discovery.v1.endpointslice.EndpointSliceKind;
import io.gantry.client.informer.Informer;
import io.gantry.client.informer.InformerFactory;
import io.gantry.client.informer.Lister;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Services and slices as informers have them, with indexes for the zone's questions.
public final class InformerServiceView implements ServiceView {
    private static final String BY_IP = "dns-ip";
    private static final String BY_SERVICE = "dns-service";

    private final Lister<Service> services;
    private final Lister<EndpointSlice> slices;

    public InformerServiceView(InformerFactory informers) {
        Informer<Service> serviceInformer = informers.informer(ServiceKind.KIND);
        Informer<EndpointSlice> sliceInformer = informers.informer(EndpointSliceKind.KIND);
        serviceInformer.addIndex(BY_IP, InformerServiceView::ips);
        sliceInformer.addIndex(BY_SERVICE, InformerServiceView::serviceOf);
        sliceInformer.addIndex(BY_IP, InformerServiceView::ips);
        services = serviceInformer.lister();
        slices = sliceInformer.lister();
    }

    @Override
    public Optional<Service> service(String namespace, String name) {
        return services.get(namespace, name);
    }

    @Override
    public boolean hasServices(String namespace) {
        return !services.inNamespace(namespace).isEmpty();
    }

    @Override
    public List<EndpointSlice> slices(String namespace, String service) {
        return slices.byIndex(BY_SERVICE, namespace + "/" + service);
    }

    @Override
    public List<Service> servicesWithIp(String ip) {
        return services.byIndex(BY_IP, ip);
    }

    @Override
    public List<EndpointSlice> slicesWithAddress(String ip) {
        return slices.byIndex(BY_IP, ip);
    }

    private static List<String> ips(Service service) {
        List<String> all = service.spec().clusterIPs();
        String only = service.spec().clusterIP();
        if (all.isEmpty() && only != null) {
            all = List.of(only);
        }
        return normalized(all);
    }

    private static List<String> ips(EndpointSlice slice) {
        List<String> addresses = new ArrayList<>();
        for (Endpoint endpoint : slice.endpoints()) {
            addresses.addAll(endpoint.addresses());
        }
        return normalized(addresses);
    }

    private static List<String> normalized(List<String> ips) {
        return ips.stream()
                .map(Addresses::parse)
                .flatMap(Optional::stream)
                .map(InetAddress::getHostAddress)
                .toList();
    }

    private static List<String> serviceOf(EndpointSlice slice) {
        String name = slice.metadata().labels().get("kubernetes.io/service-name");
        return name == null ? List.of() : List.of(slice.metadata().namespace() + "/" + name);
    }
}
