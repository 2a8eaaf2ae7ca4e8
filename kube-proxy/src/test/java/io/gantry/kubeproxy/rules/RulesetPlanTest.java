package io.gantry.kubeproxy.rules;

import static io.gantry.kubeproxy.Fixtures.endpoint;
import static io.gantry.kubeproxy.Fixtures.loadBalancer;
import static io.gantry.kubeproxy.Fixtures.service;
import static io.gantry.kubeproxy.Fixtures.slice;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.gantry.api.core.v1.service.Service;
import io.gantry.api.discovery.v1.endpointslice.EndpointSlice;
import io.gantry.kubeproxy.service.HostPortMapping;
import io.gantry.kubeproxy.service.Place;
import io.gantry.kubeproxy.service.ServicePorts;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Each case shows the commands that a service adds to a table that had none; chain hashes are written `#`.
final class RulesetPlanTest {
    private static final NodeNetwork NETWORK =
            new NodeNetwork("10.244.0.0/16", "10.244.1.0/24", List.of("10.96.0.0/16"), true);
    private static final EndpointSlice TWO =
            slice("web", endpoint("10.244.1.2", "n1") + "," + endpoint("10.244.2.3", "n2"));
    private static final EndpointSlice REMOTE = slice("web", endpoint("10.244.2.3", "n2"));
    private static final EndpointSlice NONE = slice("web", "");

    private record Case(String name, Service service, EndpointSlice slice, String expected) {}

    @TestFactory
    Stream<DynamicTest> scenarios() {
        return Stream.of(
                        new Case("ClusterIP", service("web", "10.96.0.5", ""), TWO, """
                                add chain svc-#
                                add chain in-#
                                add rule svc-# meta l4proto tcp dnat ip to numgen random mod 2 map { 0 : 10.244.1.2 . 8080, 1 : 10.244.2.3 . 8080 }
                                add rule in-# ip saddr != 10.244.0.0/16 jump mark-for-masquerade
                                add rule in-# goto svc-#
                                add element service-ips { 10.96.0.5 . tcp . 80 : goto in-# }
                                add element cluster-ips { 10.96.0.5 }
                                add element hairpins { 10.244.1.2 . 10.244.1.2 }
                                """),
                        new Case("no endpoints", service("web", "10.96.0.5", nodePort("")), NONE, """
                                add element closed-service-ips { 10.96.0.5 . tcp . 80 : goto reject-it }
                                add element closed-nodeports { tcp . 30080 : goto reject-it }
                                add element cluster-ips { 10.96.0.5 }
                                """),
                        new Case("NodePort", service("web", "10.96.0.5", nodePort("")), REMOTE, """
                                add chain svc-#
                                add chain in-#
                                add chain ext-#
                                add rule svc-# meta l4proto tcp dnat ip to 10.244.2.3:8080
                                add rule in-# ip saddr != 10.244.0.0/16 jump mark-for-masquerade
                                add rule in-# goto svc-#
                                add rule ext-# jump mark-for-masquerade
                                add rule ext-# goto svc-#
                                add element service-ips { 10.96.0.5 . tcp . 80 : goto in-# }
                                add element service-nodeports { tcp . 30080 : goto ext-# }
                                add element cluster-ips { 10.96.0.5 }
                                """),
                        new Case(
                                "externalTrafficPolicy Local with an endpoint elsewhere only",
                                service("web", "10.96.0.5", nodePort("'externalTrafficPolicy':'Local',")),
                                REMOTE,
                                """
                                add chain svc-#
                                add chain in-#
                                add chain ext-#
                                add rule svc-# meta l4proto tcp dnat ip to 10.244.2.3:8080
                                add rule in-# ip saddr != 10.244.0.0/16 jump mark-for-masquerade
                                add rule in-# goto svc-#
                                add rule ext-# ip saddr 10.244.0.0/16 goto svc-#
                                add rule ext-# fib saddr type local jump mark-for-masquerade
                                add rule ext-# fib saddr type local goto svc-#
                                add rule ext-# drop
                                add element service-ips { 10.96.0.5 . tcp . 80 : goto in-# }
                                add element service-nodeports { tcp . 30080 : goto ext-# }
                                add element cluster-ips { 10.96.0.5 }
                                """),
                        new Case(
                                "internalTrafficPolicy Local",
                                service("web", "10.96.0.5", "'internalTrafficPolicy':'Local',"),
                                TWO,
                                """
                                add chain local-#
                                add rule local-# meta l4proto tcp dnat ip to 10.244.1.2:8080
                                add element service-ips { 10.96.0.5 . tcp . 80 : goto local-# }
                                add element cluster-ips { 10.96.0.5 }
                                add element hairpins { 10.244.1.2 . 10.244.1.2 }
                                """),
                        new Case(
                                "internalTrafficPolicy Local without a local endpoint",
                                service("web", "10.96.0.5", "'internalTrafficPolicy':'Local',"),
                                REMOTE,
                                """
                                add element closed-service-ips { 10.96.0.5 . tcp . 80 : drop }
                                add element cluster-ips { 10.96.0.5 }
                                """),
                        new Case(
                                "load balancer address",
                                loadBalancer("web", "10.96.0.5", "203.0.113.9", ""),
                                REMOTE,
                                """
                                add chain svc-#
                                add chain in-#
                                add chain ext-#
                                add rule svc-# meta l4proto tcp dnat ip to 10.244.2.3:8080
                                add rule in-# ip saddr != 10.244.0.0/16 jump mark-for-masquerade
                                add rule in-# goto svc-#
                                add rule ext-# jump mark-for-masquerade
                                add rule ext-# goto svc-#
                                add element service-ips { 10.96.0.5 . tcp . 80 : goto in-#, 203.0.113.9 . tcp . 80 : goto ext-# }
                                add element cluster-ips { 10.96.0.5 }
                                """),
                        new Case(
                                "load balancer for some",
                                loadBalancer(
                                        "web",
                                        "10.96.0.5",
                                        "203.0.113.9",
                                        "'loadBalancerSourceRanges':[' 192.0.2.0/24','2001:db8::/32','198.51.100.7/32'],"),
                                REMOTE,
                                """
                                add chain svc-#
                                add chain in-#
                                add chain ext-#
                                add chain guard-#
                                add rule svc-# meta l4proto tcp dnat ip to 10.244.2.3:8080
                                add rule in-# ip saddr != 10.244.0.0/16 jump mark-for-masquerade
                                add rule in-# goto svc-#
                                add rule ext-# jump mark-for-masquerade
                                add rule ext-# goto svc-#
                                add rule guard-# ip saddr 192.0.2.0/24 return
                                add rule guard-# ip saddr 198.51.100.7/32 return
                                add rule guard-# drop
                                add element service-ips { 10.96.0.5 . tcp . 80 : goto in-#, 203.0.113.9 . tcp . 80 : goto ext-# }
                                add element guarded-ips { 203.0.113.9 . tcp . 80 : goto guard-# }
                                add element cluster-ips { 10.96.0.5 }
                                """),
                        new Case(
                                "session affinity",
                                service(
                                        "web",
                                        "10.96.0.5",
                                        "'sessionAffinity':'ClientIP','sessionAffinityConfig':{'clientIP':{'timeoutSeconds':60}},"),
                                REMOTE,
                                """
                                add set affinity-# { type ipv4_addr ; flags dynamic,timeout ; timeout 60s ; }
                                add chain ep-#
                                add chain svc-#
                                add chain in-#
                                add rule ep-# update @affinity-# { ip saddr }
                                add rule ep-# meta l4proto tcp dnat ip to 10.244.2.3:8080
                                add rule svc-# ip saddr @affinity-# goto ep-#
                                add rule svc-# numgen random mod 1 vmap { 0 : goto ep-# }
                                add rule in-# ip saddr != 10.244.0.0/16 jump mark-for-masquerade
                                add rule in-# goto svc-#
                                add element service-ips { 10.96.0.5 . tcp . 80 : goto in-# }
                                add element cluster-ips { 10.96.0.5 }
                                """))
                .map(c -> DynamicTest.dynamicTest(c.name, () -> {
                    String text = RulesetDiff.change("T", ruleset(List.of(), List.of()), one(c.service, c.slice));
                    assertEquals(c.expected, text.replace(" T ", " ").replaceAll("-[0-9a-f]{10}-[a-z0-9./]+", "-#"));
                }));
    }

    @Test
    void aChangeTouchesOnlyItsService() {
        Ruleset before = many(1000, "10.244.9.9");
        Ruleset after = many(1000, "10.244.9.10");
        String text = RulesetDiff.change("T", before, after);
        List<String> lines = text.lines().toList();
        assertEquals(2, lines.size(), text);
        assertEquals(
                lines.get(0).replaceFirst("flush chain T ", ""), lines.get(1).split(" ")[3]);
        assertEquals("", RulesetDiff.change("T", after, after));
    }

    @Test
    void aRemovedServiceLeavesNothing() {
        Ruleset none = ruleset(List.of(), List.of());
        String text = RulesetDiff.change("T", one(service("web", "10.96.0.5", nodePort("")), TWO), none);
        assertEquals(
                3, text.lines().filter(line -> line.startsWith("delete chain")).count());
        assertFalse(text.contains("add "), text);
    }

    @Test
    void hostPortsAreTranslated() {
        Ruleset ruleset =
                RulesetPlan.of(List.of(), List.of(new HostPortMapping("", "tcp", 8088, "10.244.1.7", 80)), NETWORK);
        assertEquals(
                "10.244.1.7 . 80",
                Objects.requireNonNull(ruleset.sets().get("hostports"))
                        .elements()
                        .get("tcp . 8088"));
    }

    private static Ruleset many(int services, String lastEndpoint) {
        List<Service> all = new ArrayList<>();
        List<EndpointSlice> slices = new ArrayList<>();
        for (int i = 0; i < services; i++) {
            String ip = i == services - 1 ? lastEndpoint : "10.244." + i / 250 + "." + (i % 250 + 1);
            all.add(service("s" + i, "10.96." + i / 250 + "." + (i % 250 + 1), ""));
            slices.add(slice("s" + i, endpoint(ip, "n2") + "," + endpoint("10.244.77.7", "n2")));
        }
        return ruleset(all, slices);
    }

    private static String nodePort(String more) {
        return more + "'ports':[{'name':'http','port':80,'nodePort':30080}],";
    }

    private static Ruleset one(Service service, EndpointSlice slice) {
        return ruleset(List.of(service), List.of(slice));
    }

    private static Ruleset ruleset(List<Service> services, List<EndpointSlice> slices) {
        return RulesetPlan.of(ServicePorts.of(services, slices, new Place("n1", "")), List.of(), NETWORK);
    }
}
