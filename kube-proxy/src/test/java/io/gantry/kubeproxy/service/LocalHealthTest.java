package io.gantry.kubeproxy.service;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import io.gantry.api.core.v1.service.Service;
import io.gantry.api.discovery.v1.endpointslice.EndpointSlice;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LocalHealthTest {
    /// @param status 0 where nobody answers
    record Case(String policy, String endpoints, int status, int count) {}

    static List<Case> cases() {
        String here = "{\"addresses\":[\"10.0.0.1\"],\"nodeName\":\"n\",\"conditions\":{\"ready\":true}}";
        String ending = "{\"addresses\":[\"10.0.0.2\"],\"nodeName\":\"n\",\"conditions\":{\"ready\":false,"
                + "\"serving\":true,\"terminating\":true}}";
        String far = "{\"addresses\":[\"10.0.0.3\"],\"nodeName\":\"m\"}";
        return List.of(
                new Case("Local", here + "," + ending + "," + far, 200, 1),
                new Case("Local", ending + "," + far, 503, 0),
                new Case("Local", "", 503, 0),
                new Case("Cluster", here, 0, 0));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void loadBalancersAreTold(Case it) {
        Service service = Json.MAPPER.readValue(
                "{\"metadata\":{\"name\":\"s\",\"namespace\":\"ns\"},\"spec\":{\"type\":\"LoadBalancer\","
                        + "\"healthCheckNodePort\":31000,\"externalTrafficPolicy\":\"" + it.policy() + "\"}}",
                Service.class);
        EndpointSlice slice = Json.MAPPER.readValue(
                "{\"metadata\":{\"name\":\"s-1\",\"namespace\":\"ns\",\"labels\":{\"kubernetes.io/service-name\":"
                        + "\"s\"}},\"addressType\":\"IPv4\",\"endpoints\":[" + it.endpoints() + "]}",
                EndpointSlice.class);
        Map<Integer, LocalHealth> answers = LocalHealth.of(List.of(service), List.of(slice), "n");
        LocalHealth health = answers.get(31_000);
        assertEquals(it.status(), health == null ? 0 : health.status());
        assertEquals(it.count(), health == null ? 0 : health.localEndpoints());
    }
}
