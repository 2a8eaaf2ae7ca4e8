package io.gantry.kubelet.spec;

import io.gantry.api.core.v1.service.Service;
import io.gantry.api.core.v1.service.ServicePort;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// Environment variables for services, in the style of Docker links (upstream `pkg/kubelet/envvars`). Pure.
public final class ServiceEnvironment {
    private ServiceEnvironment() {}

    /// Variables for all services with a cluster IP, in order of their names.
    public static Map<String, String> of(List<Service> services) {
        Map<String, String> env = new LinkedHashMap<>();
        services.stream()
                .filter(ServiceEnvironment::hasAddress)
                .sorted(Comparator.comparing(
                        s -> Objects.requireNonNullElse(s.metadata().name(), "")))
                .forEach(service -> add(service, env));
        return env;
    }

    private static boolean hasAddress(Service service) {
        String ip = service.spec().clusterIP();
        return ip != null
                && !ip.isEmpty()
                && !ip.equals("None")
                && !service.spec().ports().isEmpty();
    }

    private static void add(Service service, Map<String, String> env) {
        String prefix = variable(Objects.requireNonNullElse(service.metadata().name(), ""));
        String ip = Objects.requireNonNullElse(service.spec().clusterIP(), "");
        List<ServicePort> ports = service.spec().ports();
        env.put(prefix + "_SERVICE_HOST", ip);
        env.put(prefix + "_SERVICE_PORT", ports.getFirst().port().toString());
        for (ServicePort port : ports) {
            if (port.name() != null && !port.name().isEmpty()) {
                env.put(
                        prefix + "_SERVICE_PORT_" + variable(port.name()),
                        port.port().toString());
            }
        }
        String host = ip.contains(":") ? "[" + ip + "]" : ip;
        for (int i = 0; i < ports.size(); i++) {
            ServicePort port = ports.get(i);
            String protocol = Objects.requireNonNullElse(port.protocol(), "TCP");
            String url = protocol.toLowerCase(Locale.ROOT) + "://" + host + ":" + port.port();
            if (i == 0) {
                env.put(prefix + "_PORT", url);
            }
            String portPrefix = prefix + "_PORT_" + port.port() + "_" + protocol.toUpperCase(Locale.ROOT);
            env.put(portPrefix, url);
            env.put(portPrefix + "_PROTO", protocol.toLowerCase(Locale.ROOT));
            env.put(portPrefix + "_PORT", port.port().toString());
            env.put(portPrefix + "_ADDR", ip);
        }
    }

    private static String variable(String name) {
        return name.replace('-', '_').toUpperCase(Locale.ROOT);
    }
}
