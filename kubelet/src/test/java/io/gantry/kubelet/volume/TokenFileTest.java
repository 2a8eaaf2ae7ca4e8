package io.gantry.kubelet.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import io.gantry.api.core.v1.pod.Pod;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TokenFileTest {
    /// @param owner below 0 for none
    record Case(String podContext, List<String> containerContexts, long owner, int mode) {}

    static List<Case> cases() {
        String seven = "{\"runAsUser\":7}";
        String eight = "{\"runAsUser\":8}";
        return List.of(
                new Case("{}", List.of("{}"), -1, 0644),
                new Case("{\"fsGroup\":5}", List.of("{}"), -1, 0600),
                new Case(seven, List.of("{}", "{}"), 7, 0600),
                new Case(seven, List.of("{}", eight), -1, 0644),
                new Case("{}", List.of(seven, "{}"), -1, 0644),
                new Case("{\"runAsUser\":7,\"fsGroup\":5}", List.of("{}"), 7, 0600),
                new Case("{\"fsGroup\":5}", List.of(eight, eight), 8, 0600));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void tokensHaveTheirReaders(Case it) {
        String containers = String.join(
                ",",
                it.containerContexts().stream()
                        .map(context -> "{\"name\":\"c\",\"securityContext\":" + context + "}")
                        .toList());
        Pod pod = Json.MAPPER.readValue(
                "{\"spec\":{\"securityContext\":" + it.podContext() + ",\"containers\":[" + containers + "]}}",
                Pod.class);
        VolumeFile file = TokenFile.of("t", pod, 0644);
        assertEquals(it.owner(), file.owner());
        assertEquals(it.mode(), file.mode());
    }
}
