package io.gantry.kubeproxy.service;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.kubeproxy.Fixtures;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

final class ServicePortsTest {
    private static final Place HERE = new Place("n1", "z1");

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
                        new Case("same node", near("1", "n1", "z1") + "," + near("2", "n2", "z1"), "1", "1"),
                        new Case("same zone", near("1", "n3", "z1") + "," + near("2", "n2", "z2"), "1", ""),
                        new Case("nobody near", near("1", "n3", "z3") + "," + near("2", "n2", "z2"), "1 2", ""),
                        new Case("one without hints", near("1", "n1", "z1") + "," + ready("2", "n2"), "1 2", "1"),
                        new Case(
                                "terminating and not serving",
                                at("1", "n1", "'ready':false,'serving':false,'terminating':true"),
                                "",
                                ""))
                .map(c -> DynamicTest.dynamicTest(c.name, () -> {
                    ServicePortInfo port = ServicePorts.of(
                                    List.of(Fixtures.service("web", "10.96.0.5", "")),
                                    List.of(Fixtures.slice("web", c.endpoints)),
                                    HERE)
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
                        HERE));
    }

    @Test
    void loadBalancerAndExternalAddressesCount() {
        ServicePortInfo port = ServicePorts.of(
                        List.of(Fixtures.loadBalancer(
                                "web", "10.96.0.5", "203.0.113.9", "'externalIPs':['203.0.113.1'],")),
                        List.of(),
                        HERE)
                .getFirst();
        assertEquals(List.of("203.0.113.1", "203.0.113.9"), port.externalIps());
    }

    private static String ready(String last, String node) {
        return at(last, node, "'ready':true");
    }

    /// A ready endpoint with hints for its node and its zone.
    private static String near(String last, String node, String zone) {
        String endpoint = ready(last, node);
        return endpoint.substring(0, endpoint.length() - 1) + ",'hints':{'forZones':[{'name':'" + zone
                + "'}],'forNodes':[{'name':'" + node + "'}]}}";
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
