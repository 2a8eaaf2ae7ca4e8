package io.gantry.kubeproxy.service;

import static io.gantry.api.validation.References.text;

import io.gantry.api.core.v1.service.ClientIPConfig;
import io.gantry.api.core.v1.service.LoadBalancerStatus;
import io.gantry.api.core.v1.service.Service;
import io.gantry.api.core.v1.service.ServicePort;
import io.gantry.api.core.v1.service.ServiceSpec;
import io.gantry.api.core.v1.service.SessionAffinityConfig;
import io.gantry.api.discovery.v1.endpointslice.EndpointSlice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Joins Services with their EndpointSlices. Pure.
public final class ServicePorts {
    private static final String SERVICE_NAME = "kubernetes.io/service-name";
    private static final String OTHER_PROXY = "service.kubernetes.io/service-proxy-name";
    private static final String HEADLESS = "service.kubernetes.io/headless";
    private static final int DEFAULT_AFFINITY_SECONDS = 10_800;
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    private static final Pattern IPV4_RANGE = Pattern.compile(IPV4.pattern() + "/\\d{1,2}");

    private ServicePorts() {}

    /// Every port of every Service that has a cluster IP, in order of names.
    ///
    /// @param place where this node is
    public static List<ServicePortInfo> of(List<Service> services, List<EndpointSlice> slices, Place place) {
        Map<String, List<EndpointSlice>> slicesOf = new HashMap<>();
        for (EndpointSlice slice : slices) {
            Map<String, String> labels = slice.metadata().labels();
            String name = labels.get(SERVICE_NAME);
            if (name != null && !labels.containsKey(HEADLESS)) {
                slicesOf.computeIfAbsent(key(slice.metadata().namespace(), name), k -> new ArrayList<>())
                        .add(slice);
            }
        }
        List<ServicePortInfo> ports = new ArrayList<>();
        for (Service service : services) {
            String key =
                    key(service.metadata().namespace(), text(service.metadata().name()));
            addPorts(service, slicesOf.getOrDefault(key, List.of()), place, ports);
        }
        ports.sort(Comparator.comparing(port -> port.name().toString()));
        return ports;
    }

    private static void addPorts(
            Service service, List<EndpointSlice> slices, Place place, List<ServicePortInfo> ports) {
        ServiceSpec spec = service.spec();
        String clusterIp = text(spec.clusterIP());
        if (!IPV4.matcher(clusterIp).matches()
                || "ExternalName".equals(spec.type())
                || service.metadata().labels().containsKey(OTHER_PROXY)) {
            return;
        }
        List<String> balancer = balancerIps(service);
        List<String> external = externalIps(spec, balancer);
        List<String> allowed = allowedSources(spec);
        SourceRanges sources = allowed.isEmpty() ? SourceRanges.ANY : new SourceRanges(balancer, allowed);
        for (ServicePort port : spec.ports()) {
            Backends backends = Backends.of(port, slices, place);
            Integer nodePort = port.nodePort();
            ports.add(new ServicePortInfo(
                    new ServicePortName(
                            text(service.metadata().namespace()),
                            text(service.metadata().name()),
                            text(port.name()),
                            Objects.requireNonNullElse(port.protocol(), "TCP").toLowerCase(Locale.ROOT)),
                    clusterIp,
                    port.port(),
                    nodePort == null ? 0 : nodePort,
                    external,
                    affinitySeconds(spec),
                    "Local".equals(spec.internalTrafficPolicy()),
                    "Local".equals(spec.externalTrafficPolicy()),
                    backends.anywhere(),
                    backends.here(),
                    sources,
                    backends.serving()));
        }
    }

    private static List<String> externalIps(ServiceSpec spec, List<String> balancer) {
        Set<String> addresses = new LinkedHashSet<>();
        spec.externalIPs().stream()
                .filter(address -> IPV4.matcher(address).matches())
                .forEach(addresses::add);
        addresses.addAll(balancer);
        return List.copyOf(addresses);
    }

    private static List<String> balancerIps(Service service) {
        LoadBalancerStatus balancer = service.status().loadBalancer();
        if (!"LoadBalancer".equals(service.spec().type()) || balancer == null) {
            return List.of();
        }
        return balancer.ingress().stream()
                .filter(ingress -> !"Proxy".equals(ingress.ipMode()))
                .map(ingress -> text(ingress.ip()))
                .filter(address -> IPV4.matcher(address).matches())
                .toList();
    }

    /// Those of this family; white space around them is let pass, as everywhere upstream.
    private static List<String> allowedSources(ServiceSpec spec) {
        return spec.loadBalancerSourceRanges().stream()
                .map(String::strip)
                .filter(range -> IPV4_RANGE.matcher(range).matches())
                .toList();
    }

    private static int affinitySeconds(ServiceSpec spec) {
        if (!"ClientIP".equals(spec.sessionAffinity())) {
            return 0;
        }
        SessionAffinityConfig config = spec.sessionAffinityConfig();
        ClientIPConfig client = config == null ? null : config.clientIP();
        Integer seconds = client == null ? null : client.timeoutSeconds();
        return seconds == null ? DEFAULT_AFFINITY_SECONDS : seconds;
    }

    private static String key(@Nullable String namespace, String name) {
        return text(namespace) + "/" + name;
    }
}
