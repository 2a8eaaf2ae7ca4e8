package io.gantry.ingress.control;

import static io.gantry.ingress.route.Objects.json;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.networking.v1.ingress.Ingress;
import io.gantry.api.networking.v1.ingress.IngressLoadBalancerIngress;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

final class StatusPlanTest {
    private record Case(String shown, boolean served, String expected) {}

    @TestFactory
    Stream<DynamicTest> ourAddressIsThereWhileWeServe() {
        return Stream.of(
                        new Case("", true, "10.0.0.1"),
                        new Case("", false, "no change"),
                        new Case("{'ip':'10.0.0.1'}", true, "no change"),
                        new Case("{'ip':'10.0.0.1'}", false, ""),
                        new Case("{'ip':'10.0.0.2'},{'hostname':'x'}", true, "10.0.0.2,x,10.0.0.1"),
                        new Case("{'ip':'10.0.0.2'},{'ip':'10.0.0.1'}", false, "10.0.0.2"))
                .map(c -> DynamicTest.dynamicTest(c.toString(), () -> {
                    Ingress ingress = json(
                            Ingress.class,
                            "{'metadata':{'name':'a'},'spec':{},'status':{'loadBalancer':{'ingress':[" + c.shown
                                    + "]}}}");
                    assertEquals(
                            c.expected,
                            StatusPlan.change(ingress, c.served, "10.0.0.1")
                                    .map(StatusPlanTest::text)
                                    .orElse("no change"));
                }));
    }

    private static String text(List<IngressLoadBalancerIngress> entries) {
        return String.join(
                ",",
                entries.stream()
                        .map(entry -> entry.ip() == null ? entry.hostname() : entry.ip())
                        .toList());
    }
}
