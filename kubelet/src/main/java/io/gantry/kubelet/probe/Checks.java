package io.gantry.kubelet.probe;

import io.gantry.api.core.v1.pod.Container;
import io.gantry.api.core.v1.pod.Probe;
import io.gantry.kubelet.runtime.ContainerRuntime;
import java.time.Duration;
import java.util.Objects;

/// The check that a probe asks for.
final class Checks {
    private Checks() {}

    static Check of(ContainerRuntime runtime, Probe probe, Container container, String containerId, String podIp) {
        Duration timeout = Duration.ofSeconds(Objects.requireNonNullElse(probe.timeoutSeconds(), 1));
        try {
            if (probe.exec() != null) {
                return new ExecProbe(runtime, containerId, probe.exec().command(), timeout);
            }
            if (probe.httpGet() != null) {
                return HttpProbe.of(HttpProbe.target(probe.httpGet(), container, podIp), timeout);
            }
            if (probe.tcpSocket() != null) {
                String host = Objects.requireNonNullElse(probe.tcpSocket().host(), "");
                int port = HttpProbe.port(probe.tcpSocket().port(), container);
                return new TcpProbe(host.isEmpty() ? podIp : host, port, timeout);
            }
            if (probe.grpc() != null) {
                String service = Objects.requireNonNullElse(probe.grpc().service(), "");
                return new GrpcProbe(podIp, probe.grpc().port(), service, timeout);
            }
            return () -> Check.Outcome.failure("missing probe handler for " + container.name());
        } catch (IllegalArgumentException impossible) {
            String message = Objects.requireNonNullElse(impossible.getMessage(), "");
            return () -> Check.Outcome.failure(message);
        }
    }
}
