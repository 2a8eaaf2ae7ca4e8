package io.gantry.controllermanager.servicecidr;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.meta.v1.Condition;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.networking.v1.ipaddress.IPAddress;
import io.gantry.api.networking.v1.ipaddress.IPAddressBuilder;
import io.gantry.api.networking.v1.servicecidr.ServiceCIDR;
import io.gantry.api.networking.v1.servicecidr.ServiceCIDRBuilder;
import io.gantry.api.networking.v1.servicecidr.ServiceCIDRSpec;
import io.gantry.api.networking.v1.servicecidr.ServiceCIDRStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServiceCidrPlanTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant LONG_AGO = NOW.minusSeconds(60);

    private static ServiceCIDR cidr(String name, String range, boolean finalizer, String ready, Instant going) {
        return ServiceCIDRBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .name(name)
                        .finalizers(finalizer ? List.of(ServiceCidrPlan.FINALIZER) : List.of())
                        .deletionTimestamp(going)
                        .build())
                .spec(new ServiceCIDRSpec(List.of(range)))
                .status(new ServiceCIDRStatus(
                        ready.isEmpty() ? List.of() : List.of(new Condition("Ready", ready, null, NOW, "", ""))))
                .build();
    }

    private static IPAddress address(String ip) {
        return IPAddressBuilder.builder()
                .metadata(ObjectMetaBuilder.builder().name(ip).build())
                .build();
    }

    private static ServiceCidrPlan plan(ServiceCIDR cidr, List<ServiceCIDR> others, String... ips) {
        List<ServiceCIDR> all = new ArrayList<>(others);
        all.add(cidr);
        return ServiceCidrPlan.of(
                cidr, all, Arrays.stream(ips).map(ServiceCidrPlanTest::address).toList(), NOW);
    }

    @Test
    void aNewRangeIsProtectedAndReady() {
        assertEquals(
                new ServiceCidrPlan.Serve(true, true), plan(cidr("a", "10.97.0.0/24", false, "", null), List.of()));
        assertEquals(new ServiceCidrPlan.Nothing(), plan(cidr("a", "10.97.0.0/24", true, "True", null), List.of()));
    }

    @Test
    void aRangeGoesWhenNobodyUsesIt() {
        ServiceCIDR fresh = cidr("a", "10.97.0.0/24", true, "True", NOW.minusSeconds(3));
        assertEquals(new ServiceCidrPlan.Hold(true, Duration.ofSeconds(7)), plan(fresh, List.of()));
        ServiceCIDR told = cidr("a", "10.97.0.0/24", true, "False", LONG_AGO);
        assertEquals(new ServiceCidrPlan.Release(), plan(told, List.of(), "10.96.0.1"));
        assertEquals(new ServiceCidrPlan.Hold(false, ServiceCidrPlan.GRACE), plan(told, List.of(), "10.97.0.9"));
    }

    @Test
    void anAddressThatLiesInAnotherRangeTooHoldsNothing() {
        ServiceCIDR told = cidr("a", "10.97.0.0/24", true, "False", LONG_AGO);
        ServiceCIDR wide = cidr("b", "10.97.0.0/16", true, "True", null);
        ServiceCIDR going = cidr("c", "10.97.0.0/16", true, "False", LONG_AGO);
        assertEquals(new ServiceCidrPlan.Release(), plan(told, List.of(wide), "10.97.0.9"));
        assertEquals(new ServiceCidrPlan.Hold(false, ServiceCidrPlan.GRACE), plan(told, List.of(going), "10.97.0.9"));
    }
}
