package io.gantry.clusterdns.zone;

import static io.gantry.api.validation.References.text;

import io.gantry.api.core.v1.service.Service;
import io.gantry.api.core.v1.service.ServicePort;
import io.gantry.api.discovery.v1.endpointslice.Endpoint;
import io.gantry.api.discovery.v1.endpointslice.EndpointPort;
import io.gantry.api.discovery.v1.endpointslice.EndpointSlice;
import io.gantry.clusterdns.wire.Answer;
import io.gantry.clusterdns.wire.DnsRecord;
import io.gantry.clusterdns.wire.RecordType;
import io.gantry.clusterdns.wire.ResponseCode;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Answers for the cluster's names as Kubernetes' DNS specification (1.1.0) says. Reads memory only;
/// thread-safe when the random source is.
public final class ClusterZone {
    /// How long answers may be kept.
    public static final int TTL_SECONDS = 5;

    private static final String SPECIFICATION = "1.1.0";
    private static final int TOTAL_WEIGHT = 100;

    private final String domain;
    private final String clusterIp;
    private final ServiceView services;
    private final RandomGenerator random;

    /// @param domain e.g. `cluster.local`
    /// @param clusterIp the address of the DNS service, which the zone's name server has
    /// @param random orders addresses, so that clients that take the first spread
    public ClusterZone(String domain, String clusterIp, ServiceView services, RandomGenerator random) {
        this.domain = domain.toLowerCase(Locale.ROOT);
        this.clusterIp = clusterIp;
        this.services = services;
        this.random = random;
    }

    /// What a name leads to.
    private sealed interface Found {}

    /// The name exists; records of every type that it has.
    private record Records(List<DnsRecord> records, List<DnsRecord> additional) implements Found {}

    private record Missing() implements Found {}

    /// The answer, or empty when the name is none of the cluster's and others are to be asked.
    ///
    /// @param name in lower case
    public Optional<Answer> answer(String name, int type) {
        if (name.endsWith(".in-addr.arpa") || name.endsWith(".ip6.arpa")) {
            return reverse(name, type);
        }
        if (!name.equals(domain) && !name.endsWith("." + domain)) {
            return Optional.empty();
        }
        String relative = name.equals(domain) ? "" : name.substring(0, name.length() - domain.length() - 1);
        return Optional.of(
                switch (find(name, relative, type)) {
                    case Missing _ -> Answer.negative(ResponseCode.NXDOMAIN, soa());
                    case Records found -> matching(found, type);
                });
    }

    private Answer matching(Records found, int type) {
        List<DnsRecord> matching = new ArrayList<>();
        for (DnsRecord one : found.records) {
            if (type == RecordType.ANY || one.type() == type || one.type() == RecordType.CNAME) {
                matching.add(one);
            }
        }
        if (matching.isEmpty()) {
            return Answer.negative(ResponseCode.NOERROR, soa());
        }
        Collections.shuffle(matching, random);
        return Answer.of(matching, type == RecordType.SRV ? found.additional : List.of());
    }

    private Found find(String name, String relative, int type) {
        String[] labels = relative.isEmpty() ? new String[0] : relative.split("\\.", -1);
        int count = labels.length;
        if (count == 0) {
            return records(soa(), new DnsRecord.Pointer(domain, TTL_SECONDS, RecordType.NS, "ns.dns." + domain));
        }
        String last = labels[count - 1];
        return switch (last) {
            case "svc" -> underSvc(name, labels, type);
            case "pod" -> underPod(name, labels);
            case "dns-version" ->
                count == 1 ? records(new DnsRecord.Txt(name, TTL_SECONDS, SPECIFICATION)) : new Missing();
            case "dns" -> nameServer(name, labels);
            default -> new Missing();
        };
    }

    private Found nameServer(String name, String[] labels) {
        if (labels.length == 1) {
            return records();
        }
        return labels.length == 2 && labels[0].equals("ns") ? records(address(name, clusterIp)) : new Missing();
    }

    private Found underSvc(String name, String[] labels, int type) {
        int count = labels.length;
        if (count == 1) {
            return records();
        }
        String namespace = labels[count - 2];
        if (count == 2) {
            return services.hasServices(namespace) ? records() : new Missing();
        }
        Optional<Service> service = services.service(namespace, labels[count - 3]);
        if (service.isEmpty()) {
            return new Missing();
        }
        return switch (count) {
            case 3 -> ofService(name, service.get(), type);
            case 4 -> labels[0].startsWith("_") ? protocolOnly(labels[0]) : ofHost(name, service.get(), labels[0]);
            case 5 -> ofPort(name, service.get(), labels[0], labels[1]);
            default -> new Missing();
        };
    }

    private static Found protocolOnly(String label) {
        return label.equals("_tcp") || label.equals("_udp") || label.equals("_sctp") ? records() : new Missing();
    }

    private Found ofService(String name, Service service, int type) {
        if ("ExternalName".equals(service.spec().type())) {
            String target = text(service.spec().externalName());
            return records(new DnsRecord.Pointer(name, TTL_SECONDS, RecordType.CNAME, withoutDot(target)));
        }
        if (type == RecordType.SRV) {
            return srv(name, service, "", "");
        }
        List<DnsRecord> addresses = new ArrayList<>();
        if (isHeadless(service)) {
            for (HeadlessEndpoint endpoint : endpoints(service)) {
                addresses.add(address(name, endpoint.ip()));
            }
            return addresses.isEmpty() ? new Missing() : new Records(addresses, List.of());
        }
        clusterIps(service).forEach(ip -> addresses.add(address(name, ip)));
        return new Records(addresses, List.of());
    }

    private Found ofHost(String name, Service service, String hostname) {
        if (!isHeadless(service)) {
            return new Missing();
        }
        List<DnsRecord> addresses = endpoints(service).stream()
                .filter(endpoint -> endpoint.hostname().equals(hostname))
                .map(endpoint -> address(name, endpoint.ip()))
                .toList();
        return addresses.isEmpty() ? new Missing() : new Records(addresses, List.of());
    }

    private Found ofPort(String name, Service service, String port, String protocol) {
        if (!port.startsWith("_") || !protocol.startsWith("_")) {
            return new Missing();
        }
        return srv(name, service, port.substring(1), protocol.substring(1));
    }

    /// SRV records of the ports with this name and protocol; empty texts mean any.
    private Found srv(String name, Service service, String port, String protocol) {
        List<DnsRecord> records = new ArrayList<>();
        Set<DnsRecord> additional = new LinkedHashSet<>();
        String base = serviceName(service);
        if (isHeadless(service)) {
            List<HeadlessEndpoint> endpoints = endpoints(service);
            for (HeadlessEndpoint endpoint : endpoints) {
                for (EndpointPort candidate : endpoint.ports()) {
                    Integer number = candidate.port();
                    if (number != null && matches(port, candidate.name(), protocol, candidate.protocol())) {
                        String target = endpoint.hostname() + "." + base;
                        records.add(srv(name, number, weight(endpoints.size()), target));
                        additional.add(address(target, endpoint.ip()));
                    }
                }
            }
        } else {
            List<String> ips = clusterIps(service);
            for (ServicePort candidate : service.spec().ports()) {
                if (!ips.isEmpty() && matches(port, candidate.name(), protocol, candidate.protocol())) {
                    records.add(srv(name, candidate.port(), TOTAL_WEIGHT, base));
                    ips.forEach(ip -> additional.add(address(base, ip)));
                }
            }
        }
        return records.isEmpty() ? new Missing() : new Records(records, List.copyOf(additional));
    }

    private static DnsRecord srv(String name, int port, int weight, String target) {
        return new DnsRecord.Srv(name, TTL_SECONDS, 0, weight, port, target);
    }

    private static int weight(int endpoints) {
        return Math.max(1, TOTAL_WEIGHT / endpoints);
    }

    private static boolean matches(
            String port, @Nullable String candidate, String protocol, @Nullable String candidateProtocol) {
        return (port.isEmpty() || port.equals(text(candidate)))
                && (protocol.isEmpty()
                        || protocol.equalsIgnoreCase(Objects.requireNonNullElse(candidateProtocol, "TCP")));
    }

    private Found underPod(String name, String[] labels) {
        if (labels.length < 3) {
            return labels.length == 1 || services.hasServices(labels[0]) ? records() : new Missing();
        }
        if (labels.length > 3) {
            return new Missing();
        }
        Optional<InetAddress> ip = Addresses.parse(labels[0].replace('-', '.'));
        if (ip.isEmpty()) {
            ip = Addresses.parse(labels[0].replace('-', ':'));
        }
        return ip.<Found>map(address -> records(new DnsRecord.Address(name, TTL_SECONDS, address)))
                .orElseGet(Missing::new);
    }

    private Optional<Answer> reverse(String name, int type) {
        Optional<String> ip = Addresses.fromReverse(name);
        List<DnsRecord> pointers = new ArrayList<>();
        ip.ifPresent(address -> {
            services.servicesWithIp(address).forEach(service -> pointers.add(pointer(name, serviceName(service))));
            if (pointers.isEmpty()) {
                services.slicesWithAddress(address).forEach(slice -> endpointPointers(name, address, slice, pointers));
            }
        });
        if (pointers.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                type == RecordType.PTR || type == RecordType.ANY
                        ? Answer.of(pointers, List.of())
                        : Answer.negative(ResponseCode.NOERROR, soa()));
    }

    private void endpointPointers(String name, String ip, EndpointSlice slice, List<DnsRecord> pointers) {
        String namespace = text(slice.metadata().namespace());
        String serviceName = text(slice.metadata().labels().get("kubernetes.io/service-name"));
        Optional<Service> service = services.service(namespace, serviceName).filter(ClusterZone::isHeadless);
        if (service.isEmpty()) {
            return;
        }
        for (Endpoint endpoint : slice.endpoints()) {
            if (endpoint.addresses().contains(ip)) {
                HeadlessEndpoint found = HeadlessEndpoint.of(endpoint, ip, List.of());
                pointers.add(pointer(name, found.hostname() + "." + serviceName(service.get())));
            }
        }
    }

    private static DnsRecord pointer(String name, String target) {
        return new DnsRecord.Pointer(name, TTL_SECONDS, RecordType.PTR, target);
    }

    private List<HeadlessEndpoint> endpoints(Service service) {
        return HeadlessEndpoint.of(
                service,
                services.slices(
                        text(service.metadata().namespace()),
                        text(service.metadata().name())));
    }

    private String serviceName(Service service) {
        return text(service.metadata().name()) + "." + text(service.metadata().namespace()) + ".svc." + domain;
    }

    private static boolean isHeadless(Service service) {
        return "None".equals(service.spec().clusterIP());
    }

    private static List<String> clusterIps(Service service) {
        List<String> all = service.spec().clusterIPs();
        String first = text(service.spec().clusterIP());
        List<String> ips = all.isEmpty() ? List.of(first) : all;
        return ips.stream().filter(ip -> Addresses.parse(ip).isPresent()).toList();
    }

    private static DnsRecord address(String name, String ip) {
        InetAddress address = Addresses.parse(ip).orElseThrow(() -> new IllegalArgumentException("no address: " + ip));
        return new DnsRecord.Address(name, TTL_SECONDS, address);
    }

    private static Records records(DnsRecord... records) {
        return new Records(List.of(records), List.of());
    }

    private DnsRecord soa() {
        return new DnsRecord.Soa(domain, TTL_SECONDS, "ns.dns." + domain, "hostmaster." + domain, 1);
    }

    private static String withoutDot(String name) {
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }
}
