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
    @CsvSource(
            delimiter = '|',
            value = {
                "'os':{'name':'linux'}|",
                "'os':{'name':'windows'}|PodOSNotSupported",
                "'containers':[{'name':'c','restartPolicyRules':[{'action':'RestartAllContainers'}]}]|",
                "'hostNetwork':true,'hostUsers':false|PodFeatureUnsupported"
            },
            quoteCharacter = '"',
            nullValues = "none")
    void podsThatThisKubeletCannotRunAreRefused(String spec, String reason) {
        Pod pod = Json.MAPPER.readValue(("{'spec':{" + spec + "}}").replace('\'', '"'), Pod.class);
        assertEquals(
                reason == null ? "" : reason,
                PodAdmission.refusal(pod, List.of(), Map.of(), AllowedSysctls.with(List.of()))
                        .map(PodStatusPlan.Ending::reason)
                        .orElse(""));
    }
}
