package io.gantry.kubeproxy;

import static io.gantry.kubeproxy.Fixtures.endpoint;
import static io.gantry.kubeproxy.Fixtures.loadBalancer;
import static io.gantry.kubeproxy.Fixtures.service;
import static io.gantry.kubeproxy.Fixtures.slice;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gantry.api.core.v1.service.Service;
import io.gantry.api.discovery.v1.endpointslice.EndpointSlice;
import io.gantry.kubeproxy.conntrack.ForgetProgram;
import io.gantry.kubeproxy.route.OverlayMode;
import io.gantry.kubeproxy.route.PodNetwork;
import io.gantry.kubeproxy.rules.NodeNetwork;
import io.gantry.kubeproxy.rules.Ruleset;
import io.gantry.kubeproxy.rules.RulesetPlan;
import io.gantry.kubeproxy.service.HostPortMapping;
import io.gantry.kubeproxy.service.Place;
import io.gantry.kubeproxy.service.ServicePorts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Real packets through a real table, in network namespaces of its own.
final class NftTableTest {
    private static final NodeNetwork NETWORK =
            new NodeNetwork("10.244.0.0/16", "10.244.1.0/24", List.of("10.96.0.0/16"), true);
    private static final String BOTH = endpoint("10.244.1.2", "n1") + "," + endpoint("10.244.1.3", "n1");
    private static TestNetwork network;
    private static NftTable table;

    @BeforeAll
    static void start() throws IOException {
        assumeTrue(TestNetwork.possible(), "needs root, nft, iproute2 and busybox");
        network = new TestNetwork();
        table = table();
        for (String pod : List.of("pod2", "pod3")) {
            network.serveTcp(pod, 8080);
            network.serveUdp(pod, 5353);
        }
        await().until(() -> network.askTcp("node", "10.244.1.2", 8080).equals("pod2")
                && network.askTcp("node", "10.244.1.3", 8080).equals("pod3"));
    }

    @AfterAll
    static void stop() throws IOException {
        if (network != null) {
            network.close();
        }
    }

    @Test
    void clusterIpReachesEveryEndpointFromPodsAndNode() throws IOException {
        apply(List.of(service("web", "10.96.0.5", "")), List.of(slice("web", BOTH)));
        assertEquals(Set.of("pod2", "pod3"), answers("node", "10.96.0.5", 80));
        assertEquals(Set.of("pod2", "pod3"), answers("pod2", "10.96.0.5", 80), "hairpin and same bridge");
        assertEquals("refused", network.askTcp("node", "10.96.0.5", 81), "a port it does not have");
    }

    @Test
    void udpReachesEndpoints() throws IOException {
        Service dns = service("dns", "10.96.0.10", "'ports':[{'name':'dns','port':53,'protocol':'UDP'}],");
        apply(List.of(dns), List.of(slice("dns", BOTH, "{'name':'dns','port':5353,'protocol':'UDP'}")));
        assertTrue(network.askUdp("node", "10.96.0.10", 53).startsWith("pod"));
        assertTrue(network.askUdp("pod2", "10.96.0.10", 53).startsWith("pod"));
    }

    @Test
    void udpFlowsToAFormerEndpointMoveOnceTheyAreForgotten() throws IOException {
        Service dns = service("dns", "10.96.0.11", "'ports':[{'name':'dns','port':53,'protocol':'UDP'}],");
        String port = "{'name':'dns','port':5353,'protocol':'UDP'}";
        apply(List.of(dns), List.of(slice("dns", endpoint("10.244.1.2", "n1"), port)));
        assertEquals("pod2", network.askUdp("node", "10.96.0.11", 53, 40_053));
        apply(List.of(dns), List.of(slice("dns", endpoint("10.244.1.3", "n1"), port)));
        assertEquals("pod2", network.askUdp("node", "10.96.0.11", 53, 40_053), "the kernel keeps the flow");
        network.java("node", ForgetProgram.class, "10.96.0.11", "53", "10.244.1.3:5353");
        assertEquals("pod3", network.askUdp("node", "10.96.0.11", 53, 40_053));
    }

    @Test
    void nodePortAnswersOnEveryAddress() throws IOException {
        Service web = service("web", "10.96.0.5", "'ports':[{'name':'http','port':80,'nodePort':30080}],");
        apply(List.of(web), List.of(slice("web", BOTH)));
        assertTrue(network.askTcp("client", "192.0.2.1", 30080).startsWith("pod"));
        assertTrue(network.askTcp("node", "127.0.0.1", 30080).startsWith("pod"));
        assertTrue(network.askTcp("node", "192.0.2.1", 30080).startsWith("pod"));
        assertTrue(network.askTcp("pod3", "192.0.2.1", 30080).startsWith("pod"));
    }

    @Test
    void clientStaysWithItsEndpoint() throws IOException {
        Service web = service("web", "10.96.0.5", "'sessionAffinity':'ClientIP',");
        apply(List.of(web), List.of(slice("web", BOTH)));
        assertEquals(1, answers("node", "10.96.0.5", 80).size());
        assertEquals(1, answers("pod2", "10.96.0.5", 80).size());
    }

    @Test
    void noEndpointsMeansRefused() throws IOException {
        apply(List.of(service("web", "10.96.0.5", "")), List.of(slice("web", "")));
        assertEquals("refused", network.askTcp("node", "10.96.0.5", 80));
        assertEquals("refused", network.askTcp("pod2", "10.96.0.5", 80));
    }

    /// Else who routes for the node may answer, and a deleted Service seems to live.
    @Test
    void anAddressOfNoServiceIsNotForwarded() throws IOException {
        apply(List.of(service("web", "10.96.0.5", "")), List.of(slice("web", BOTH)));
        network.addToClient("10.96.0.7");
        network.addToClient("10.97.0.7");
        network.serveTcp("client", 8080);
        await().until(() -> network.askTcp("pod2", "10.97.0.7", 8080).equals("client"));
        assertEquals("no answer", network.askTcp("node", "10.96.0.7", 8080));
        assertEquals("no answer", network.askTcp("pod2", "10.96.0.7", 8080));
    }

    @Test
    void aLoadBalancerForSomeIsClosedToOthers() throws IOException {
        for (String allowed : List.of("192.0.2.2/32", "198.51.100.0/24")) {
            Service web = loadBalancer(
                    "web",
                    "10.96.0.5",
                    "192.0.2.1",
                    "'loadBalancerSourceRanges':['" + allowed
                            + "'],'ports':[{'name':'http','port':80,'nodePort':30080}],");
            apply(List.of(web), List.of(slice("web", BOTH)));
            boolean mayAsk = allowed.equals("192.0.2.2/32");
            assertEquals(mayAsk, network.askTcp("client", "192.0.2.1", 80).startsWith("pod"), allowed);
            assertEquals("no answer", network.askTcp("pod2", "192.0.2.1", 80), allowed);
            assertTrue(network.askTcp("client", "192.0.2.1", 30080).startsWith("pod"), "the node port is open to all");
            assertTrue(network.askTcp("pod2", "10.96.0.5", 80).startsWith("pod"), "and the cluster IP");
        }
    }

    @Test
    void externalPolicyLocalServesFromHere() throws IOException {
        Service web = service(
                "web",
                "10.96.0.5",
                "'externalTrafficPolicy':'Local','ports':[{'name':'http','port':80,'nodePort':30080}],");
        apply(List.of(web), List.of(slice("web", BOTH)));
        assertTrue(network.askTcp("client", "192.0.2.1", 30080).startsWith("pod"));
        apply(List.of(web), List.of(slice("web", endpoint("10.244.2.9", "n2"))));
        assertEquals("no answer", network.askTcp("client", "192.0.2.1", 30080));
    }

    @Test
    void hostPortReachesThePod() throws IOException {
        table.apply(
                RulesetPlan.of(List.of(), List.of(new HostPortMapping("", "tcp", 8088, "10.244.1.3", 8080)), NETWORK));
        assertEquals("pod3", network.askTcp("client", "192.0.2.1", 8088));
        assertEquals("pod3", network.askTcp("node", "127.0.0.1", 8088));
        assertEquals("pod3", network.askTcp("pod2", "192.0.2.1", 8088));
    }

    @Test
    void restartReplacesTheTableInOneStep() throws IOException {
        apply(List.of(service("web", "10.96.0.5", "")), List.of(slice("web", BOTH)));
        NftTable next = table();
        assertTrue(next.apply(ruleset(List.of(service("api", "10.96.0.6", "")), List.of(slice("api", BOTH)))));
        table = next;
        assertTrue(network.askTcp("node", "10.96.0.6", 80).startsWith("pod"));
        String content = network.in("node").run("", "nft", "list", "table", "ip", "gantry");
        assertFalse(content.contains("10.96.0.5"));
    }

    @Test
    void updatesCostAsMuchAsWhatChanged() throws IOException {
        List<Service> services = new ArrayList<>();
        List<EndpointSlice> slices = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            services.add(service("s" + i, "10.96." + (i / 250 + 1) + "." + (i % 250 + 1), ""));
            slices.add(slice("s" + i, BOTH));
        }
        long start = System.nanoTime();
        apply(services, slices);
        long all = System.nanoTime() - start;
        slices.set(500, slice("s500", endpoint("10.244.1.3", "n1")));
        start = System.nanoTime();
        apply(services, slices);
        long one = System.nanoTime() - start;
        System.out.printf("1,000 services: %d ms, change of one: %d ms%n", all / 1_000_000, one / 1_000_000);
        assertEquals("pod3", network.askTcp("node", "10.96.3.1", 80));
        assertFalse(table.apply(ruleset(services, slices)), "nothing to write");
    }

    @Test
    void routesComeAndGo() throws IOException {
        Command node = network.in("node");
        assertTrue(routes(node, Map.of("10.244.7.0/24", "192.0.2.2")));
        assertFalse(routes(node, Map.of("10.244.7.0/24", "192.0.2.2", "10.244.8.0/24", "198.51.100.1")));
        assertTrue(node.run("", "ip", "route").contains("10.244.7.0/24 via 192.0.2.2"));
        assertTrue(routes(node, Map.of()));
        assertFalse(node.run("", "ip", "route").contains("10.244.7.0/24"));
    }

    @Test
    void rulesThatAnotherProgramFlushedAreWrittenAnew() throws IOException {
        List<Service> services = List.of(service("flushed", "10.96.7.1", ""));
        List<EndpointSlice> slices = List.of(slice("flushed", endpoint("10.244.1.3", "n1")));
        apply(services, slices);
        assertTrue(table.isIntact());
        network.in("node").run("", "nft", "flush", "ruleset");
        assertFalse(table.isIntact());
        apply(services, slices);
        assertTrue(table.isIntact());
        assertEquals("pod3", network.askTcp("node", "10.96.7.1", 80));
    }

    private static NftTable table() {
        return new NftTable(
                network.in("node"),
                name -> Boolean.parseBoolean(network.java("node", TableProgram.class, name)),
                NftTable.SERVICES);
    }

    private static boolean routes(Command node, Map<String, String> others) throws IOException {
        return new PodNetwork(node, OverlayMode.NEVER)
                .apply(new PodNetwork.Wanted("192.0.2.1", "10.244.1.0/24", new TreeMap<>(others)));
    }

    private static void apply(List<Service> services, List<EndpointSlice> slices) throws IOException {
        table.apply(ruleset(services, slices));
    }

    private static Ruleset ruleset(List<Service> services, List<EndpointSlice> slices) {
        return RulesetPlan.of(ServicePorts.of(services, slices, new Place("n1", "")), List.of(), NETWORK);
    }

    private static Set<String> answers(String from, String address, int port) throws IOException {
        Set<String> answers = new TreeSet<>();
        for (int i = 0; i < 12; i++) {
            answers.add(network.askTcp(from, address, port));
        }
        return answers;
    }
}
