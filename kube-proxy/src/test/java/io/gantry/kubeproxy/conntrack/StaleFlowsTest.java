package io.gantry.kubeproxy.conntrack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.kubeproxy.service.ServicePortInfo;
import io.gantry.kubeproxy.service.ServicePortName;
import io.gantry.kubeproxy.service.SourceRanges;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

final class StaleFlowsTest {
    private static final Flow TO_FIRST = flow("10.96.0.10", 53, "10.244.0.1", 10053);

    private record Case(String name, ServicePortInfo service, Flow flow, boolean stale) {}

    /// A table that fails as often as it is told to.
    private static final class FakeTable implements FlowTable {
        private final List<Flow> flows = new ArrayList<>(List.of(TO_FIRST));
        private int failures;
        private int looks;

        @Override
        public List<Flow> udp() throws IOException {
            looks++;
            if (failures-- > 0) {
                throw new IOException("no buffer");
            }
            return List.copyOf(flows);
        }

        @Override
        public void forget(List<Flow> forgotten) {
            flows.removeAll(forgotten);
        }
    }

    @TestFactory
    Stream<DynamicTest> cases() {
        Flow byNodePort = flow("192.0.2.1", 30053, "10.244.0.1", 10053);
        return Stream.of(
                        new Case("its endpoint serves", dns("udp", "10.244.0.1:10053"), TO_FIRST, false),
                        new Case("its endpoint is gone", dns("udp", "10.244.0.2:10053"), TO_FIRST, true),
                        new Case("its endpoint has another port", dns("udp", "10.244.0.1:53"), TO_FIRST, true),
                        new Case(
                                "never translated",
                                dns("udp", "10.244.0.1:10053"),
                                flow("10.96.0.10", 53, "10.96.0.10", 53),
                                true),
                        new Case("no endpoint at all", dns("udp"), TO_FIRST, false),
                        new Case(
                                "another port",
                                dns("udp", "10.244.0.2:10053"),
                                flow("10.96.0.10", 54, "10.244.0.1", 10053),
                                false),
                        new Case(
                                "external address",
                                dns("udp", "10.244.0.2:1"),
                                flow("203.0.113.7", 53, "10.244.0.1", 10053),
                                true),
                        new Case("node port", dns("udp", "10.244.0.2:10053"), byNodePort, true),
                        new Case("node port, serves", dns("udp", "10.244.0.1:10053"), byNodePort, false),
                        new Case("TCP ends by itself", dns("tcp", "10.244.0.2:10053"), TO_FIRST, false))
                .map(c -> DynamicTest.dynamicTest(
                        c.name,
                        () -> assertEquals(
                                c.stale ? List.of(c.flow) : List.of(),
                                StaleFlows.of(List.of(c.service)).among(List.of(c.flow)))));
    }

    @Test
    void theTableIsReadWhenEndpointsChangeAndAgainAfterAFailure() {
        FakeTable table = new FakeTable();
        Conntrack conntrack = new Conntrack(table);
        conntrack.forgetStale(List.of(dns("tcp", "10.244.0.9:1")));
        assertEquals(0, table.looks, "nothing can be stale");
        conntrack.forgetStale(List.of(dns("udp", "10.244.0.1:10053")));
        conntrack.forgetStale(List.of(dns("udp", "10.244.0.1:10053")));
        assertEquals(1, table.looks, "nothing changed");
        table.failures = 1;
        conntrack.forgetStale(List.of(dns("udp", "10.244.0.2:10053")));
        assertEquals(List.of(TO_FIRST), table.flows);
        conntrack.forgetStale(List.of(dns("udp", "10.244.0.2:10053")));
        assertEquals(List.of(), table.flows);
    }

    private static Flow flow(String destination, int port, String answeredBy, int answerPort) {
        return new Flow(destination, port, answeredBy, answerPort, new byte[] {1});
    }

    private static ServicePortInfo dns(String protocol, String... serving) {
        return new ServicePortInfo(
                new ServicePortName("kube-system", "kube-dns", "dns", protocol),
                "10.96.0.10",
                53,
                30053,
                List.of("203.0.113.7"),
                0,
                false,
                false,
                List.of(),
                List.of(),
                SourceRanges.ANY,
                Set.of(serving));
    }
}
