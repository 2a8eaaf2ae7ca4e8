package io.gantry.apiserver.proxy;

import io.gantry.api.StatusException;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import tools.jackson.databind.JsonNode;

/// Says where the `proxy` subresource of nodes, pods and services goes. Names are `name`, `name:port` or
/// `scheme:name:port` (upstream `SplitSchemeNamePort`).
public final class ProxyTargets {
    private final ProxyObjects objects;

    /// A name of the URL, taken apart; scheme and port may be empty.
    record Name(String scheme, String name, String port) {
        static Name parse(String text) {
            String[] parts = text.split(":", -1);
            return switch (parts.length) {
                case 1 -> new Name("", parts[0], "");
                case 2 -> new Name("", parts[0], parts[1]);
                case 3 -> new Name(scheme(parts[0], text), parts[1], parts[2]);
                default -> throw StatusException.badRequest("invalid name \"" + text + "\"");
            };
        }

        private static String scheme(String scheme, String text) {
            if (!List.of("", "http", "https").contains(scheme)) {
                throw StatusException.badRequest("invalid name \"" + text + "\": the scheme is http or https");
            }
            return scheme;
        }

        boolean tls() {
            return scheme.equals("https");
        }

        Backend.Security security() {
            return Backend.Security.unverified(tls());
        }
    }

    public ProxyTargets(ProxyObjects objects) {
        this.objects = objects;
    }

    /// A node: its kubelet, or another port of it.
    ///
    /// @param target path and query behind `proxy`, encoded
    public Backend node(String text, String target) {
        Name name = Name.parse(text);
        Backend kubelet = NodeTargets.kubelet(objects, name.name(), target);
        return name.port().isEmpty() || name.port().equals(Integer.toString(kubelet.port()))
                ? kubelet
                : new Backend(kubelet.host(), port(name.port(), text), name.security(), target);
    }

    /// A pod: the named port, a number, or its first container port.
    public Backend pod(String namespace, String text, String target) {
        Name name = Name.parse(text);
        JsonNode pod = objects.pod(namespace, name.name())
                .orElseThrow(() -> StatusException.notFound("", "pods", name.name()));
        String address = pod.path("status").path("podIP").asString("");
        if (address.isEmpty()) {
            throw StatusException.badRequest("address not allowed: pod \"" + name.name() + "\" has no address yet");
        }
        return new Backend(address, podPort(pod, name, text), name.security(), target);
    }

    private static int podPort(JsonNode pod, Name name, String text) {
        if (name.port().matches("\\d+")) {
            return port(name.port(), text);
        }
        for (JsonNode container : pod.path("spec").path("containers")) {
            for (JsonNode port : container.path("ports")) {
                if (name.port().isEmpty() || port.path("name").asString("").equals(name.port())) {
                    return port.path("containerPort").asInt(0);
                }
            }
        }
        if (name.port().isEmpty()) {
            return name.tls() ? 443 : 80;
        }
        throw StatusException.badRequest("no port \"" + name.port() + "\" of pod \"" + name.name() + "\"");
    }

    /// A service: a ready endpoint by chance.
    public Backend service(String namespace, String text, String target) {
        Name name = Name.parse(text);
        JsonNode service = objects.service(namespace, name.name())
                .orElseThrow(() -> StatusException.notFound("", "services", name.name()));
        String portName = portName(service, name);
        List<Backend> ready = objects.endpointSlices(namespace, name.name()).stream()
                .flatMap(slice -> EndpointAddresses.ready(slice, portName, name.security(), target))
                .toList();
        if (ready.isEmpty()) {
            throw StatusException.unavailable("no endpoints available for service \"" + text + "\"");
        }
        return ready.get(ThreadLocalRandom.current().nextInt(ready.size()));
    }

    private static String portName(JsonNode service, Name name) {
        JsonNode ports = service.path("spec").path("ports");
        for (JsonNode port : ports) {
            String own = port.path("name").asString("");
            boolean only = name.port().isEmpty() && ports.size() == 1;
            if (only
                    || own.equals(name.port())
                    || port.path("port").asString("").equals(name.port())) {
                return own;
            }
        }
        throw StatusException.unavailable(
                "no service port \"" + name.port() + "\" found for service \"" + name.name() + "\"");
    }

    private static int port(String digits, String text) {
        int port = digits.matches("\\d{1,5}") ? Integer.parseInt(digits) : 0;
        if (port < 1 || port > 65_535) {
            throw StatusException.badRequest("invalid port in \"" + text + "\"");
        }
        return port;
    }
}
