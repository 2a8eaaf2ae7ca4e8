package io.gantry.controllermanager.endpointslice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.service.Service;
import io.gantry.api.discovery.v1.endpointslice.Endpoint;
import io.gantry.api.discovery.v1.endpointslice.EndpointSlice;
import io.gantry.api.discovery.v1.endpointslice.EndpointSliceBuilder;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.client.informer.Cache;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopologyHintsTest {
    private static final SliceSet.Group GROUP = new SliceSet.Group("IPv4", List.of());
    private static final ObjectMeta TEMPLATE =
            ObjectMetaBuilder.builder().generateName("web-").build();

    /// @param nodes zone and CPU of each node, `!` where it is not ready
    /// @param endpoints zones of the endpoints, `!` where they are not ready
    /// @param hints zone, and the zone hinted where it is another
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a1 b1          | a a b b        | a a b b",
                "a1 b1          | a a a b        | a>b a a b",
                "a1 b1          | a a a !a b b b | a a a !a b b b",
                "a2 b1          | a b b          | a b>a b",
                "a1 b1 c1       | a a a a b c    | a>b a>c a a b c",
                "a1 b1          | a              | Insufficient number of endpoints (1 endpoints, 2 zones)",
                "a1             | a a            | Insufficient Node information: allocatable CPU or zone not specified "
                        + "on one or more nodes",
                "a1 b1!         | a b            | Insufficient Node information: allocatable CPU or zone not specified "
                        + "on one or more nodes",
                "a1 b1 _1       | a b            | Insufficient Node information: allocatable CPU or zone not specified "
                        + "on one or more nodes",
                "a1 b1          | a a b _        | One or more endpoints do not have a zone specified",
                "a5 b1 c1 d1    | a b c d        | Unable to allocate minimum required endpoints to each zone without "
                        + "exceeding overload threshold (4 endpoints, 4 zones)"
            })
    void hintsByZone(String nodes, String endpoints, String hints) {
        TopologyHints made = hints(nodes, endpoints, List.of());
        assertEquals(
                hints.replaceAll(" +", " "),
                made.problem().isEmpty() ? shown(made.plan().creates()) : made.problem());
    }

    @Test
    void aSliceWithGoodHintsIsLeftAlone() {
        EndpointSlice existing =
                named(hints("a1 b1", "a a a b", List.of()).plan().creates().getFirst());
        TopologyHints again = hints("a1 b1", "a a a b", List.of(existing));
        assertTrue(again.plan().creates().isEmpty() && again.plan().updates().isEmpty());
        assertEquals("{a=2, b=2}", again.zones().toString());
    }

    @Test
    void aSliceWithTooManyForAZoneIsWrittenAgain() {
        String endpoints = "a a a a b b b b";
        EndpointSlice existing =
                named(hints("a1 b1", endpoints, List.of()).plan().creates().getFirst());
        TopologyHints again = hints("a3 b1", endpoints, List.of(existing));
        assertEquals("a a a a b>a b>a b b", shown(again.plan().updates()));
    }

    @Test
    void hintsGoWhenTheyCannotBe() {
        EndpointSlice existing =
                named(hints("a1 b1", "a a b b", List.of()).plan().creates().getFirst());
        TopologyHints none = hints("a1", "a a b b", List.of(existing));
        assertEquals("a>- a>- b>- b>-", shown(none.plan().updates()));
    }

    @ParameterizedTest
    @CsvSource({
        "service.kubernetes.io/topology-mode, Auto, true",
        "service.kubernetes.io/topology-mode, auto, true",
        "service.kubernetes.io/topology-aware-hints, auto, true",
        "service.kubernetes.io/topology-mode, Disabled, false",
        "other, Auto, false"
    })
    void whoAsks(String annotation, String mode, boolean wanted) {
        Service service = Json.MAPPER.readValue(
                "{\"metadata\":{\"annotations\":{\"" + annotation + "\":\"" + mode + "\"}}}", Service.class);
        assertEquals(wanted, TopologyHints.areWanted(service));
    }

    private static TopologyHints hints(String nodes, String endpoints, List<EndpointSlice> existing) {
        SliceSet wanted = SliceSet.empty();
        int number = 0;
        for (String endpoint : endpoints.trim().split(" +")) {
            wanted.add(GROUP, endpoint(endpoint, number++));
        }
        SlicePlan bare = SlicePlan.of(TEMPLATE, existing, wanted);
        SlicePlan carried = SlicePlan.of(TEMPLATE, existing, wanted.withHintsOf(existing));
        return TopologyHints.of(carried, existing, bare, shares(nodes));
    }

    private static ZoneShares shares(String nodes) {
        Cache<Node> cache = new Cache<>();
        int number = 0;
        for (String node : nodes.trim().split(" +")) {
            cache.put(Json.MAPPER.readValue(
                    """
                    {"metadata":{"name":"n%d","labels":{%s}},"status":{"allocatable":{"cpu":"%s"},
                     "conditions":[{"type":"Ready","status":"%s"}]}}""".formatted(
                            number++,
                            node.startsWith("_") ? "" : "\"topology.kubernetes.io/zone\":\"" + node.charAt(0) + "\"",
                            node.charAt(1),
                            node.endsWith("!") ? "False" : "True"),
                    Node.class));
        }
        return ZoneShares.of(new ArrayList<>(cache.all()));
    }

    private static Endpoint endpoint(String zone, int number) {
        String name = zone.replaceAll("[!_]", "");
        return Json.MAPPER.readValue(
                """
                {"addresses":["10.0.0.%d"],"conditions":{"ready":%s}%s}""".formatted(number, !zone.startsWith("!"), name.isEmpty() ? "" : ",\"zone\":\"" + name + "\""),
                Endpoint.class);
    }

    private static EndpointSlice named(EndpointSlice slice) {
        return EndpointSliceBuilder.builder(slice)
                .metadata(ObjectMetaBuilder.builder(slice.metadata()).name("s").build())
                .build();
    }

    private static String shown(List<EndpointSlice> slices) {
        return slices.stream()
                .flatMap(slice -> slice.endpoints().stream())
                .map(TopologyHintsTest::shown)
                .collect(Collectors.joining(" "));
    }

    private static String shown(Endpoint endpoint) {
        var conditions = Objects.requireNonNull(endpoint.conditions());
        String zone = String.valueOf(endpoint.zone());
        if (!Boolean.TRUE.equals(conditions.ready())) {
            return "!" + zone + (endpoint.hints() == null ? "" : "?");
        }
        String hint = endpoint.hints() == null
                ? "-"
                : endpoint.hints().forZones().getFirst().name();
        return hint.equals(zone) ? zone : zone + ">" + hint;
    }
}
