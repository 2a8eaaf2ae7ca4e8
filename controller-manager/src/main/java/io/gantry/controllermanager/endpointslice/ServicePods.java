package io.gantry.controllermanager.endpointslice;

import static io.gantry.controllermanager.common.Fields.flag;
import static io.gantry.controllermanager.common.Fields.number;
import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.core.v1.pod.Container;
import io.gantry.api.core.v1.pod.ContainerPort;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodIP;
import io.gantry.api.core.v1.service.Service;
import io.gantry.api.core.v1.service.ServicePort;
import io.gantry.api.resource.IntOrString;
import io.gantry.controllermanager.common.Pods;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What makes a pod an endpoint of a service; EndpointSlices and Endpoints share it.
public final class ServicePods {
    private ServicePods() {}

    /// Whether this controller finds the endpoints: the service selects pods and is not only a name.
    public static boolean isSelecting(Service service) {
        return !service.spec().selector().isEmpty()
                && !text(service.spec().type()).equals("ExternalName");
    }

    /// Whether the pod has an address and has not finished.
    public static boolean hasAddress(Pod pod) {
        return !Pods.isFinished(pod) && !addresses(pod).isEmpty();
    }

    public static List<String> addresses(Pod pod) {
        List<String> addresses = pod.status().podIPs().stream()
                .map(PodIP::ip)
                .filter(ip -> ip != null && !ip.isEmpty())
                .toList();
        String single = text(pod.status().podIP());
        return addresses.isEmpty() && !single.isEmpty() ? List.of(single) : addresses;
    }

    public static boolean isIpv6(String address) {
        return address.contains(":");
    }

    public static boolean isHeadless(Service service) {
        return text(service.spec().clusterIP()).equals("None");
    }

    /// Ready for traffic, or the service wants even those that are not.
    public static boolean isReady(Service service, Pod pod) {
        return flag(service.spec().publishNotReadyAddresses()) || Pods.isReady(pod) && !Pods.isTerminating(pod);
    }

    /// The DNS name that the pod has under the service.
    public static Optional<String> hostname(Service service, Pod pod) {
        String hostname = text(pod.spec().hostname());
        boolean under =
                text(pod.spec().subdomain()).equals(text(service.metadata().name()));
        return hostname.isEmpty() || !under ? Optional.empty() : Optional.of(hostname);
    }

    /// A port of a service as it is on one pod.
    public record TargetPort(String name, String protocol, int port, Optional<String> appProtocol) {}

    /// The ports on the pod, in the service's order; a named port that the pod does not have is left out.
    public static List<TargetPort> ports(Service service, Pod pod) {
        List<TargetPort> ports = new ArrayList<>();
        for (ServicePort port : service.spec().ports()) {
            String protocol = text(port.protocol()).isEmpty() ? "TCP" : text(port.protocol());
            OptionalInt number = target(port, protocol, pod);
            if (number.isPresent()) {
                ports.add(new TargetPort(
                        text(port.name()), protocol, number.getAsInt(), Optional.ofNullable(port.appProtocol())));
            }
        }
        return ports;
    }

    private static OptionalInt target(ServicePort port, String protocol, Pod pod) {
        IntOrString target = port.targetPort();
        return switch (target) {
            case null -> OptionalInt.of(number(port.port()));
            case IntOrString.Int value -> OptionalInt.of(value.value() == 0 ? number(port.port()) : value.value());
            case IntOrString.Text name ->
                name.value().isEmpty() ? OptionalInt.of(number(port.port())) : named(name.value(), protocol, pod);
        };
    }

    private static OptionalInt named(String name, String protocol, Pod pod) {
        List<Container> containers = new ArrayList<>(pod.spec().containers());
        pod.spec().initContainers().stream()
                .filter(c -> "Always".equals(c.restartPolicy()))
                .forEach(containers::add);
        for (Container container : containers) {
            for (ContainerPort port : container.ports()) {
                String given = text(port.protocol()).isEmpty() ? "TCP" : text(port.protocol());
                if (name.equals(port.name()) && given.equals(protocol)) {
                    return OptionalInt.of(number(port.containerPort()));
                }
            }
        }
        return OptionalInt.empty();
    }

    /// Whether a change of the pod can change endpoints.
    public static boolean matters(Pod before, Pod now) {
        return !(before.metadata().labels().equals(now.metadata().labels())
                && Pods.isReady(before) == Pods.isReady(now)
                && Pods.isTerminating(before) == Pods.isTerminating(now)
                && Pods.isFinished(before) == Pods.isFinished(now)
                && addresses(before).equals(addresses(now))
                && text(before.spec().nodeName()).equals(text(now.spec().nodeName()))
                && text(before.spec().hostname()).equals(text(now.spec().hostname())));
    }
}
