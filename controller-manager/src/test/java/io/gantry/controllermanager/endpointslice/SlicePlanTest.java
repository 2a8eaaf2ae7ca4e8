package io.gantry.controllermanager.endpointslice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodBuilder;
import io.gantry.api.core.v1.pod.PodStatusBuilder;
import io.gantry.api.core.v1.service.Service;
import io.gantry.api.core.v1.service.ServiceBuilder;
import io.gantry.api.core.v1.service.ServiceSpecBuilder;
import io.gantry.api.discovery.v1.endpointslice.Endpoint;
import io.gantry.api.discovery.v1.endpointslice.EndpointHints;
import io.gantry.api.discovery.v1.endpointslice.EndpointSlice;
import io.gantry.api.discovery.v1.endpointslice.EndpointSliceBuilder;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.client.informer.Cache;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SlicePlanTest {
    private final Service service = Json.MAPPER.readValue("""
            {"metadata":{"name":"web","namespace":"ns","uid":"su","labels":{"l":"v"}},
             "spec":{"selector":{"app":"a"},"clusterIP":"10.96.0.5","ipFamilies":["IPv4"],
             "ports":[{"name":"http","port":80,"targetPort":"web"}]}}""", Service.class);

    private SlicePlan plan(List<EndpointSlice> existing, List<Pod> pods) {
        return SlicePlan.of(
                ServiceSlices.template(service, pods), existing, ServiceSlices.wanted(service, pods, nodes("")));
    }

    private static Cache<Node> nodes(String zone) {
        Cache<Node> nodes = new Cache<>();
        String labels = zone.isEmpty() ? "" : "\"topology.kubernetes.io/zone\":\"" + zone + "\"";
        nodes.put(Json.MAPPER.readValue("{\"metadata\":{\"name\":\"n\",\"labels\":{" + labels + "}}}", Node.class));
        return nodes;
    }

    @Test
    void podsOfNodesThatAreNotThereAreLeftOut() {
        SliceSet wanted = ServiceSlices.wanted(service, List.of(pod(1, true, false)), new Cache<>());
        assertEquals(List.of("skipping Pod p001 for Service ns/web: Node n Not Found"), wanted.skipped());
        assertTrue(wanted.groups().values().stream().allMatch(List::isEmpty));
        Service open = ServiceBuilder.builder(service)
                .spec(ServiceSpecBuilder.builder(service.spec())
                        .publishNotReadyAddresses(true)
                        .build())
                .build();
        assertTrue(ServiceSlices.wanted(open, List.of(pod(1, true, false)), new Cache<>())
                .skipped()
                .isEmpty());
    }

    @Test
    void aPodWithoutTheNamedPortIsAnEndpointWithoutPorts() {
        Pod other = Json.MAPPER.readValue(
                Json.MAPPER.writeValueAsString(pod(1, true, false)).replace("\"web\"", "\"db\""), Pod.class);
        EndpointSlice made = plan(List.of(), List.of(other)).creates().getFirst();
        assertEquals(List.of(), made.ports());
        assertEquals(1, made.endpoints().size());
    }

    @Test
    void endpointsAreHintedWhereTheServicePrefersNearOnes() {
        Cache<Node> nodes = nodes("z");
        String zone = "[ForZone[name=z]] []";
        String both = "[ForZone[name=z]] [ForNode[name=n]]";
        Map.of("PreferClose", zone, "PreferSameZone", zone, "PreferSameNode", both)
                .forEach((wish, hints) -> {
                    Service near = ServiceBuilder.builder(service)
                            .spec(ServiceSpecBuilder.builder(service.spec())
                                    .trafficDistribution(wish)
                                    .build())
                            .build();
                    List<Endpoint> endpoints = ServiceSlices.wanted(
                                    near, List.of(pod(1, true, false), pod(2, false, false)), nodes)
                            .groups()
                            .values()
                            .iterator()
                            .next();
                    EndpointHints given =
                            Objects.requireNonNull(endpoints.getFirst().hints());
                    assertEquals(hints, given.forZones() + " " + given.forNodes(), wish);
                    assertNull(endpoints.getLast().hints(), "not ready");
                });
    }

    @Test
    void theFirstSliceHasOwnerLabelsAndEndpoints() {
        EndpointSlice made =
                plan(List.of(), List.of(pod(1, true, false))).creates().getFirst();
        assertEquals("web-", made.metadata().generateName());
        assertEquals("web", made.metadata().labels().get("kubernetes.io/service-name"));
        assertEquals("v", made.metadata().labels().get("l"));
        assertEquals("su", made.metadata().ownerReferences().getFirst().uid());
        assertEquals(8080, made.ports().getFirst().port());
        Endpoint endpoint = made.endpoints().getFirst();
        assertEquals(List.of("10.0.0.1"), endpoint.addresses());
        assertEquals("[true, true, false]", conditions(endpoint));
    }

    /// For those who measure how long the network takes to follow.
    @Test
    void slicesTellWhenTheLastChangeCame() {
        EndpointSlice made =
                plan(List.of(), List.of(pod(1, true, false))).creates().getFirst();
        Pod changed = Json.MAPPER.readValue(
                Json.MAPPER
                        .writeValueAsString(pod(1, true, false))
                        .replace(
                                "\"status\":\"True\"",
                                "\"status\":\"True\",\"lastTransitionTime\":\"2026-01-01T00:00:09Z\""),
                Pod.class);
        assertNull(made.metadata().annotations().get("endpoints.kubernetes.io/last-change-trigger-time"));
        assertEquals(
                "2026-01-01T00:00:09Z",
                plan(List.of(), List.of(changed))
                        .creates()
                        .getFirst()
                        .metadata()
                        .annotations()
                        .get("endpoints.kubernetes.io/last-change-trigger-time"));
    }

    @Test
    void terminatingPodsStayServing() {
        EndpointSlice made =
                plan(List.of(), List.of(pod(1, true, true))).creates().getFirst();
        assertEquals("[false, true, true]", conditions(made.endpoints().getFirst()));
    }

    @Test
    void aServiceWithoutPodsHasOneEmptySlice() {
        SlicePlan plan = plan(List.of(), List.of());
        assertEquals(1, plan.creates().size());
        assertTrue(plan.creates().getFirst().endpoints().isEmpty());
        SlicePlan again = plan(List.of(named(plan.creates().getFirst(), "s")), List.of());
        assertTrue(again.creates().isEmpty()
                && again.updates().isEmpty()
                && again.deletes().isEmpty());
    }

    @Test
    void nothingChangedMeansNothingWritten() {
        List<Pod> pods = List.of(pod(1, true, false), pod(2, false, false));
        EndpointSlice existing = named(plan(List.of(), pods).creates().getFirst(), "s");
        SlicePlan plan = plan(List.of(existing), pods);
        assertTrue(plan.creates().isEmpty()
                && plan.updates().isEmpty()
                && plan.deletes().isEmpty());
    }

    @Test
    void hundredEndpointsASlice() {
        List<Pod> pods = new ArrayList<>();
        for (int i = 1; i <= 205; i++) {
            pods.add(pod(i, true, false));
        }
        SlicePlan plan = plan(List.of(), pods);
        assertEquals(
                List.of(100, 100, 5),
                plan.creates().stream().map(s -> s.endpoints().size()).toList());
        List<EndpointSlice> existing = new ArrayList<>();
        for (EndpointSlice slice : plan.creates()) {
            existing.add(named(slice, "s" + existing.size()));
        }
        SlicePlan less = plan(existing, pods.subList(1, 205));
        assertEquals(1, less.updates().size());
        assertEquals(99, less.updates().getFirst().endpoints().size());
        assertTrue(less.creates().isEmpty() && less.deletes().isEmpty());
    }

    @Test
    void theEmptyPlaceholderGoesWhenPodsCome() {
        EndpointSlice empty = named(plan(List.of(), List.of()).creates().getFirst(), "s");
        SlicePlan plan = plan(List.of(empty), List.of(pod(1, true, false)));
        assertEquals(1, plan.creates().size());
        assertEquals(List.of(empty), plan.deletes());
    }

    private static String conditions(Endpoint endpoint) {
        var c = Objects.requireNonNull(endpoint.conditions());
        return Arrays.asList(c.ready(), c.serving(), c.terminating()).toString();
    }

    private static EndpointSlice named(EndpointSlice slice, String name) {
        return EndpointSliceBuilder.builder(slice)
                .metadata(ObjectMetaBuilder.builder(slice.metadata()).name(name).build())
                .build();
    }

    private static Pod pod(int number, boolean ready, boolean terminating) {
        return Json.MAPPER.readValue(
                """
                {"metadata":{"name":"p%1$03d","namespace":"ns","uid":"u%1$d","labels":{"app":"a"}%3$s},
                 "spec":{"nodeName":"n","containers":[{"name":"c","ports":[{"name":"web","containerPort":8080}]}]},
                 "status":{"phase":"Running","podIP":"10.0.%4$d.%5$d","podIPs":[{"ip":"10.0.%4$d.%5$d"}],
                  "conditions":[{"type":"Ready","status":"%2$s"}]}}""".formatted(
                                number,
                                ready ? "True" : "False",
                                terminating ? ",\"deletionTimestamp\":\"2026-01-01T00:00:00Z\"" : "",
                                number / 250,
                                number % 250),
                Pod.class);
    }

    @Test
    void podsOfOneHostNetworkAreTwoEndpoints() {
        Pod one = pod(1, true, false);
        Pod other = PodBuilder.builder(pod(2, false, false))
                .status(PodStatusBuilder.builder(pod(2, false, false).status())
                        .podIP(one.status().podIP())
                        .podIPs(one.status().podIPs())
                        .build())
                .build();
        EndpointSlice made = plan(List.of(), List.of(one, other)).creates().getFirst();
        assertEquals(2, made.endpoints().size());
        SlicePlan again = plan(List.of(named(made, "s")), List.of(one, other));
        assertTrue(again.creates().isEmpty() && again.updates().isEmpty());
    }
}
