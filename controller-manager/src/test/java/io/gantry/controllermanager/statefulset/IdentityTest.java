package io.gantry.controllermanager.statefulset;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import io.gantry.api.apps.v1.statefulset.StatefulSet;
import io.gantry.api.core.v1.pod.Pod;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IdentityTest {
    private final StatefulSet set = Json.MAPPER.readValue("""
            {"metadata":{"name":"s","namespace":"ns","uid":"u"},"spec":{"serviceName":"svc","ordinals":{"start":3},
             "selector":{"matchLabels":{"a":"s"}},
             "volumeClaimTemplates":[{"metadata":{"name":"d","labels":{"l":"v"}},"spec":{}}],
             "template":{"metadata":{"labels":{"a":"s"}},"spec":{"containers":[]}}}}""", StatefulSet.class);

    @Test
    void aPodHasNameHostNameLabelsAndClaims() {
        Pod pod = Identity.pod(set, set.spec().template(), "s-abc", 4);
        assertEquals("s-4", pod.metadata().name());
        assertEquals("s-4", pod.spec().hostname());
        assertEquals("svc", pod.spec().subdomain());
        assertEquals(
                Map.of(
                        "a", "s",
                        "statefulset.kubernetes.io/pod-name", "s-4",
                        "apps.kubernetes.io/pod-index", "4",
                        "controller-revision-hash", "s-abc"),
                pod.metadata().labels());
        assertEquals(
                "d-s-4", pod.spec().volumes().getFirst().persistentVolumeClaim().claimName());
        assertEquals(
                Map.of("l", "v", "a", "s"),
                Identity.claims(set, 4).getFirst().metadata().labels());
        assertEquals(Map.of(), Identity.missingLabels(set, pod));
    }

    @Test
    void anAdoptedPodLacksLabels() {
        Pod adopted = Json.MAPPER.readValue("{\"metadata\":{\"name\":\"s-5\",\"labels\":{\"a\":\"s\"}}}", Pod.class);
        assertEquals(
                Map.of("statefulset.kubernetes.io/pod-name", "s-5", "apps.kubernetes.io/pod-index", "5"),
                Identity.missingLabels(set, adopted));
    }
}
