package io.gantry.controllermanager.nodeipam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CidrPlanTest {
    @Test
    void theFirstFreePartIsGiven() {
        CidrPlan plan = CidrPlan.of("10.244.0.0/16", 24);
        assertEquals(Optional.of("10.244.0.0/24"), plan.free(Set.of()));
        assertEquals(Optional.of("10.244.1.0/24"), plan.free(Set.of("10.244.0.0/24", "10.244.2.0/24")));
    }

    @Test
    void aFullRangeGivesNothing() {
        CidrPlan plan = CidrPlan.of("192.168.0.0/25", 26);
        assertEquals(Optional.of("192.168.0.64/26"), plan.free(Set.of("192.168.0.0/26")));
        assertEquals(Optional.empty(), plan.free(Set.of("192.168.0.0/26", "192.168.0.64/26")));
    }

    @Test
    void ipv6Works() {
        assertEquals(
                Optional.of("fd00:0:0:1:0:0:0:0/64"),
                CidrPlan.of("fd00::/56", 64).free(Set.of("fd00:0:0:0:0:0:0:0/64")));
    }

    @Test
    void aMaskThatDoesNotFitIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> CidrPlan.of("10.0.0.0/24", 33));
        assertThrows(IllegalArgumentException.class, () -> CidrPlan.of("10.0.0.0", 24));
        assertThrows(IllegalArgumentException.class, () -> CidrPlan.of("10.0.0.0/24", 16));
    }
}
