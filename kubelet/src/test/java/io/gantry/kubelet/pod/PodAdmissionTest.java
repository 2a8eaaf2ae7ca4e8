package io.gantry.kubelet.pod;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import io.gantry.api.core.v1.pod.Pod;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodAdmissionTest {
    @ParameterizedTest
    @CsvSource({"linux,''", "windows,PodOSNotSupported"})
    void podsOfAnotherSystemAreRefused(String system, String reason) {
        Pod pod = Json.MAPPER.readValue("{\"spec\":{\"os\":{\"name\":\"" + system + "\"}}}", Pod.class);
        assertEquals(
                reason,
                PodAdmission.refusal(pod, List.of(), Map.of(), AllowedSysctls.with(List.of()))
                        .map(PodStatusPlan.Ending::reason)
                        .orElse(""));
    }
}
