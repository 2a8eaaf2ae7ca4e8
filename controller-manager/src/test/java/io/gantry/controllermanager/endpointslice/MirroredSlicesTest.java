package io.gantry.controllermanager.endpointslice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import io.gantry.api.core.v1.endpoints.Endpoints;
import io.gantry.api.discovery.v1.endpointslice.EndpointSlice;
import java.util.List;
import org.junit.jupiter.api.Test;

class MirroredSlicesTest {
    @Test
    void addressesOfBothFamiliesAndReadinessAreShown() {
        Endpoints source = endpoints("", """
                "addresses":[{"ip":"192.0.2.1"},{"ip":"2001:db8::1"}],"notReadyAddresses":[{"ip":"192.0.2.2"}],
                "ports":[{"port":80}]""");
        List<EndpointSlice> made = SlicePlan.of(
                        MirroredSlices.template(source), List.of(), MirroredSlices.wanted(source))
                .creates();
        assertEquals(
                List.of("IPv4", "IPv6"),
                made.stream().map(EndpointSlice::addressType).toList());
        EndpointSlice first = made.getFirst();
        assertEquals(2, first.endpoints().size());
        assertEquals(
                List.of(true, false),
                first.endpoints().stream()
                        .map(e ->
                                java.util.Objects.requireNonNull(e.conditions()).ready())
                        .toList());
        assertEquals(MirroredSlices.MANAGER, first.metadata().labels().get("endpointslice.kubernetes.io/managed-by"));
        assertEquals("Endpoints", first.metadata().ownerReferences().getFirst().kind());
    }

    @Test
    void ownAndOptedOutEndpointsAreLeftAlone() {
        assertTrue(MirroredSlices.isMirrored(endpoints("", "")));
        assertFalse(MirroredSlices.isMirrored(endpoints("\"endpointslice.kubernetes.io/skip-mirror\":\"true\"", "")));
        assertFalse(MirroredSlices.isMirrored(
                endpoints("\"endpoints.kubernetes.io/managed-by\":\"endpoint-controller\"", "")));
    }

    private static Endpoints endpoints(String labels, String subset) {
        return Json.MAPPER.readValue("""
                {"metadata":{"name":"e","namespace":"ns","uid":"u","labels":{%s}},"subsets":[{%s}]}""".formatted(labels, subset), Endpoints.class);
    }
}
