package io.gantry.kubelet.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.kubelet.node.StorageLimits.Used;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StorageLimitsTest {
    private static final long MEBIBYTE = 1 << 20;
    private static final String LIMITED =
            "{'containers':[{'name':'a','resources':{'limits':{'ephemeral-storage':'5Mi'}}},{'name':'b'}],"
                    + "'volumes':[{'name':'v','emptyDir':{'sizeLimit':'1Mi'}},"
                    + "{'name':'m','emptyDir':{'medium':'Memory','sizeLimit':'1Mi'}},{'name':'free','emptyDir':{}}]}";

    /// @param why empty where the pod may stay
    record Case(String spec, Used used, String why) {}

    static List<Case> cases() {
        String free = "{'containers':[{'name':'a'}],'volumes':[{'name':'free','emptyDir':{}}]}";
        String two = "{'containers':[{'name':'a','resources':{'limits':{'ephemeral-storage':'5Mi'}}},"
                + "{'name':'b','resources':{'limits':{'ephemeral-storage':'9Mi'}}}]}";
        return List.of(
                new Case(free, new Used(Map.of("free", 100 * MEBIBYTE), Map.of("a", 100 * MEBIBYTE)), ""),
                new Case(LIMITED, new Used(Map.of("v", MEBIBYTE), Map.of("a", 4 * MEBIBYTE)), ""),
                new Case(
                        LIMITED,
                        new Used(Map.of("v", MEBIBYTE + 1), Map.of()),
                        "Usage of EmptyDir volume \"v\" exceeds the limit \"1Mi\". "),
                new Case(
                        LIMITED,
                        new Used(Map.of("free", 2 * MEBIBYTE), Map.of("a", 2 * MEBIBYTE, "b", 2 * MEBIBYTE)),
                        "Pod ephemeral local storage usage exceeds the total limit of containers 5Mi. "),
                new Case(
                        two,
                        new Used(Map.of(), Map.of("a", 6 * MEBIBYTE)),
                        "Container a exceeded its local ephemeral storage limit \"5Mi\". "));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void podsOverTheirLimitsGo(Case it) {
        Pod pod = Json.MAPPER.readValue("{\"spec\":" + it.spec().replace('\'', '"') + "}", Pod.class);
        String why = StorageLimits.isLimited(pod)
                ? StorageLimits.exceeded(pod, it.used()).orElse("")
                : "";
        assertEquals(it.why(), why);
    }
}
