package io.gantry.kubelet.pod;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.resource.Quantity;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whether a pod may have other amounts, by table: on a node with 4 cores and 4 GiB of which others have one each.
class ResizePlanTest {
    record Case(String had, String wanted, String expected) {}

    static Stream<Case> cases() {
        return Stream.of(
                new Case("'cpu':'1'", "'cpu':'3'", "FITS "),
                new Case("'cpu':'3'", "'cpu':'1'", "FITS "),
                new Case("'cpu':'3800m'", "'cpu':'3500m'", "FITS "),
                new Case("'memory':'1Gi'", "'memory':'3Gi'", "FITS "),
                new Case(
                        "'cpu':'1'",
                        "'cpu':'3500m'",
                        "DEFERRED Node didn't have enough resource: cpu, requested: 3500, used: 1000, capacity: 4000"),
                new Case(
                        "'cpu':'1'",
                        "'cpu':'5'",
                        "INFEASIBLE Node didn't have enough capacity: cpu, requested: 5000, capacity: 4000"),
                new Case(
                        "'cpu':'1','memory':'1Gi'",
                        "'cpu':'2','memory':'8Gi'",
                        "INFEASIBLE Node didn't have enough capacity: memory, requested: 8589934592, capacity:"
                                + " 4294967296"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void plans(Case example) {
        String spec = "{'containers':[{'name':'c','image':'i','resources':{'requests':{%s}}}]}";
        Map<String, Quantity> node = Map.of("cpu", Quantity.of(4), "memory", Quantity.parse("4Gi"));
        Map<String, Quantity> others = Map.of("cpu", Quantity.of(1), "memory", Quantity.parse("1Gi"));
        ResizePlan plan = ResizePlan.of(
                Pods.pod(spec.formatted(example.wanted())), Pods.pod(spec.formatted(example.had())), others, node);
        assertEquals(example.expected(), plan.verdict() + " " + plan.message());
    }
}
