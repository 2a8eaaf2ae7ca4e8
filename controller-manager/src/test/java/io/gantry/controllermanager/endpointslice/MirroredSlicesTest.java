package io.gantry.controllermanager.endpointslice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import io.gantry.api.core.v1.endpoints.Endpoints;
import io.gantry.api.discovery.v1.endpointslice.EndpointSlice;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
                        .map(e -> Objects.requireNonNull(e.conditions()).ready())
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

    @Test
    void aThousandAddressesOfASubsetAreShown() {
        String many = IntStream.range(0, 1003)
                .mapToObj(i -> "{\"ip\":\"10.0." + i / 250 + "." + (i % 250 + 1) + "\"}")
                .collect(Collectors.joining(","));
        Endpoints source = endpoints("", "\"addresses\":[" + many + "],\"notReadyAddresses\":[{\"ip\":\"192.0.2.2\"}]");
        assertEquals(
                1000,
                MirroredSlices.wanted(source).groups().values().stream()
                        .mapToInt(List::size)
                        .sum());
        assertEquals(4, MirroredSlices.skipped(source));
        assertEquals(0, MirroredSlices.skipped(endpoints("", "\"addresses\":[{\"ip\":\"192.0.2.2\"}]")));
    }

    @Test
    void annotationsAreMirroredToo() {
        Endpoints source = Json.MAPPER.readValue("""
                {"metadata":{"name":"e","namespace":"ns","uid":"u","annotations":{"a":"1",
                 "endpoints.kubernetes.io/last-change-trigger-time":"2026-01-01T00:00:00Z",
                 "kubectl.kubernetes.io/last-applied-configuration":"{}"}}}""", Endpoints.class);
        assertEquals(Map.of("a", "1"), MirroredSlices.template(source).annotations());
    }

    private static Endpoints endpoints(String labels, String subset) {
        return Json.MAPPER.readValue("""
                {"metadata":{"name":"e","namespace":"ns","uid":"u","labels":{%s}},"subsets":[{%s}]}""".formatted(labels, subset), Endpoints.class);
    }
}
