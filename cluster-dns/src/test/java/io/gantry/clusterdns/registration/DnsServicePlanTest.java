package io.gantry.clusterdns.registration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class DnsServicePlanTest {
    private final DnsServicePlan plan = new DnsServicePlan("10.96.0.10", "n1", "192.0.2.1", 10053);

    @Test
    void aNewAddressChangesTheSameSlice() {
        DnsServicePlan moved = new DnsServicePlan("10.96.0.10", "n1", "192.0.2.7", 10053);
        assertEquals(plan.sliceName(), moved.sliceName());
        assertTrue(plan.isCurrent(plan.slice()));
        assertFalse(moved.isCurrent(plan.slice()));
    }

    @Test
    void serviceHasBothProtocolsOnPort53() {
        assertEquals(
                "UDP 53 TCP 53",
                String.join(
                        " ",
                        plan.service().spec().ports().stream()
                                .map(port -> port.protocol() + " " + port.port())
                                .toList()));
        assertEquals("10.96.0.10", plan.service().spec().clusterIP());
    }
}
