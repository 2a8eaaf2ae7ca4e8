package io.gantry.kubeproxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.kubeproxy.service.Backend;
import io.gantry.kubeproxy.service.ServicePortInfo;
import io.gantry.kubeproxy.service.ServicePortName;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

final class StaleFlowsTest {
    private record Case(String name, List<ServicePortInfo> before, List<ServicePortInfo> after, String expected) {}

    @TestFactory
    Stream<DynamicTest> changes() {
        return Stream.of(
                        new Case("none", List.of(dns("udp", "1")), List.of(dns("udp", "1")), ""),
                        new Case(
                                "endpoint gone",
                                List.of(dns("udp", "1", "2")),
                                List.of(dns("udp", "1")),
                                "--orig-dst 10.96.0.10 --orig-port-dst 53 --dst-nat 10.244.0.2"),
                        new Case(
                                "service gone",
                                List.of(dns("udp", "1")),
                                List.of(),
                                "--orig-dst 10.96.0.10 --orig-port-dst 53 --dst-nat 10.244.0.1"),
                        new Case(
                                "first endpoint",
                                List.of(dns("udp")),
                                List.of(dns("udp", "1")),
                                "--orig-dst 10.96.0.10 --orig-port-dst 53"),
                        new Case("TCP ends by itself", List.of(dns("tcp", "1")), List.of(), ""))
                .map(c -> DynamicTest.dynamicTest(
                        c.name,
                        () -> assertEquals(
                                c.expected,
                                String.join(
                                        "; ",
                                        StaleFlows.between(c.before, c.after).stream()
                                                .map(words -> String.join(" ", words))
                                                .toList()))));
    }

    private static ServicePortInfo dns(String protocol, String... backends) {
        List<Backend> to = Stream.of(backends)
                .map(last -> new Backend("10.244.0." + last, 10053, false))
                .toList();
        return new ServicePortInfo(
                new ServicePortName("kube-system", "kube-dns", "dns", protocol),
                "10.96.0.10",
                53,
                0,
                List.of(),
                0,
                false,
                false,
                to,
                List.of());
    }
}
