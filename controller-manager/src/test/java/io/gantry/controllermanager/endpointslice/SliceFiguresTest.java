package io.gantry.controllermanager.endpointslice;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import io.gantry.api.core.v1.service.Service;
import io.gantry.api.discovery.v1.endpointslice.Endpoint;
import io.gantry.api.discovery.v1.endpointslice.EndpointSlice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Two services: the first with 101 endpoints in three slices, the second with none in one.
class SliceFiguresTest {
    private final SliceFigures figures = new SliceFigures();
    private final List<EndpointSlice> slices =
            List.of(slice("a", 0, 51), slice("a", 51, 90), slice("a", 90, 101), slice("b", 0, 0));

    private static EndpointSlice slice(String service, int from, int to) {
        String endpoints = IntStream.range(from, to)
                .mapToObj(i -> "{\"addresses\":[\"10.0.0." + i + "\"]}")
                .toList()
                .toString();
        return Json.MAPPER.readValue(
                "{\"metadata\":{\"namespace\":\"n\",\"labels\":{\"kubernetes.io/service-name\":\"" + service
                        + "\"}},\"addressType\":\"IPv4\",\"ports\":[{\"port\":1}],\"endpoints\":" + endpoints + "}",
                EndpointSlice.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "endpoints_desired 101.0",
                "num_endpoint_slices 4.0",
                "desired_endpoint_slices 3.0",
                "services_count_by_traffic_distribution{traffic_distribution=\"PreferClose\"} 1",
                "endpoints_added_per_sync_bucket{le=\"4.0\"} 1",
                "endpoints_added_per_sync_sum 3.0",
                "endpoints_removed_per_sync_sum 101.0",
                "changes{operation=\"delete\"} 4",
                "syncs{result=\"success\"} 1"
            })
    void areUpstreams(String line) {
        Service near = Json.MAPPER.readValue(
                "{\"spec\":{\"selector\":{\"a\":\"b\"},\"trafficDistribution\":\"PreferClose\"}}", Service.class);
        List<Endpoint> wanted = slice("a", 200, 203).endpoints();
        SliceSet set =
                new SliceSet(Map.of(new SliceSet.Group("IPv4", slices.getFirst().ports()), wanted), List.of());
        figures.compared(slices, set, new SlicePlan(new ArrayList<>(), List.of(), slices));
        figures.synced(false);

        String text = figures.scrape(slices, List.of(near));
        assertTrue(("\n" + text).contains("\nendpoint_slice_controller_" + line + "\n"), text);
    }
}
