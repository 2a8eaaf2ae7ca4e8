package io.gantry.kubeproxy.service;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.kubeproxy.Fixtures;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

final class ServicePortsTest {
    private record Case(String name, String endpoints, String anywhere, String here) {}

    @TestFactory
    Stream<DynamicTest> endpoints() {
        return Stream.of(
                        new Case("ready", ready("1", "n1") + "," + ready("2", "n2"), "1 2", "1"),
                        new Case("conditions absent", "{'addresses':['10.244.0.1'],'nodeName':'n1'}", "1", "1"),
                        new Case("not ready", at("1", "n1", "'ready':false"), "", ""),
                        new Case(
                                "terminating, still serving, when nothing is ready",
                                at("1", "n1", "'ready':false,'serving':true,'terminating':true"),
                                "1",
                                "1"),
                        new Case(
                                "terminating gives way to ready",
                                at("1", "n1", "'ready':false,'serving':true,'terminating':true") + ","
                                        + ready("2", "n2"),
                                "2",
                                "1"),
                        new Case(
                                "terminating and not serving",
                                at("1", "n1", "'ready':false,'serving':false,'terminating':true"),
                                "",
                                ""))
                .map(c -> DynamicTest.dynamicTest(c.name, () -> {
                    ServicePortInfo port = ServicePorts.of(
                                    List.of(Fixtures.service("web", "10.96.0.5", "")),
                                    List.of(Fixtures.slice("web", c.endpoints)),
                                    "n1")
                            .getFirst();
                    assertEquals(c.anywhere, names(port.backends()));
                    assertEquals(c.here, names(port.localBackends()));
                }));
    }

    @Test
    void headlessAndExternalNamesHaveNoPorts() {
        assertEquals(
                List.of(),
                ServicePorts.of(
                        List.of(
                                Fixtures.service("a", "None", ""),
                                Fixtures.service("b", "", "'type':'ExternalName','externalName':'example.org',")),
                        List.of(),
                        "n1"));
    }

    @Test
    void loadBalancerAndExternalAddressesCount() {
        ServicePortInfo port = ServicePorts.of(
                        List.of(Fixtures.loadBalancer(
                                "web", "10.96.0.5", "203.0.113.9", "'externalIPs':['203.0.113.1'],")),
                        List.of(),
                        "n1")
                .getFirst();
        assertEquals(List.of("203.0.113.1", "203.0.113.9"), port.externalIps());
    }

    private static String ready(String last, String node) {
        return at(last, node, "'ready':true");
    }

    private static String at(String last, String node, String conditions) {
        return "{'addresses':['10.244.0." + last + "'],'nodeName':'" + node + "','conditions':{" + conditions + "}}";
    }

    private static String names(List<Backend> backends) {
        return String.join(
                " ",
                backends.stream()
                        .map(b -> b.ip().substring("10.244.0.".length()))
                        .toList());
    }
}
