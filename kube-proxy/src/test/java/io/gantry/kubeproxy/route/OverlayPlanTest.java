package io.gantry.kubeproxy.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class OverlayPlanTest {
    private static final SortedMap<String, String> ROUTES =
            new TreeMap<>(Map.of("10.244.1.0/24", "10.0.0.2", "10.244.2.0/24", "10.0.1.2"));
    private static final Set<String> OFF_LINK = Set.of("10.0.1.2");

    @Test
    void aNodeOnTheLinkIsTheGatewayAndOneBeyondARouterHasAnEndOfTheOverlay() {
        OverlayPlan plan = OverlayPlan.of(ROUTES, OFF_LINK, OverlayMode.AUTO);
        assertEquals(
                Map.of("10.244.1.0/24", new Hop("10.0.0.2", false), "10.244.2.0/24", new Hop("10.244.2.0", true)),
                plan.hops());
        assertEquals(Map.of("10.244.2.0", "10.0.1.2"), plan.ends());
    }

    @Test
    void allOrNone() {
        assertEquals(
                Map.of("10.244.1.0", "10.0.0.2", "10.244.2.0", "10.0.1.2"),
                OverlayPlan.of(ROUTES, OFF_LINK, OverlayMode.ALWAYS).ends());
        OverlayPlan never = OverlayPlan.of(ROUTES, OFF_LINK, OverlayMode.NEVER);
        assertEquals(Map.of(), never.ends());
        assertEquals(new Hop("10.0.1.2", false), never.hops().get("10.244.2.0/24"));
    }

    @Test
    void hardwareAddressesAreMadeOfTheNodes() {
        assertEquals("02:47:0a:00:01:ff", OverlayPlan.hardwareAddress("10.0.1.255"));
    }

    @Test
    void modesHaveThreeWords() {
        assertEquals(OverlayMode.ALWAYS, OverlayMode.of("always"));
        assertThrows(IllegalArgumentException.class, () -> OverlayMode.of("ALWAYS"));
    }

    @Test
    void waysAreReadFromTheKernelsAnswers() {
        Ways ways = Ways.read("""
                10.0.1.2 via 10.0.0.254 dev eth0 src 10.0.0.1 uid 0\s
                    cache\s
                10.0.0.2 dev eth0 src 10.0.0.1 uid 0\s
                    cache\s
                RTNETLINK answers: Network is unreachable
                Command failed -:3
                local 10.0.0.1 dev lo src 10.0.0.1 uid 0\s
                """);
        assertEquals(
                Map.of("10.0.1.2", new Ways.Way("eth0", true), "10.0.0.2", new Ways.Way("eth0", false)), ways.known());
        assertEquals(Set.of("10.0.1.2"), ways.offLink());
    }
}
