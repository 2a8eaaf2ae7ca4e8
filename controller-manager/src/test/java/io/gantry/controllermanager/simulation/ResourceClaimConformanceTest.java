package io.gantry.controllermanager.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaimKind;
import io.gantry.api.resource.v1.resourceclaimtemplate.ResourceClaimTemplateKind;
import io.gantry.api.resource.v1.resourceslice.ResourceSliceKind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Claims come and go with their pods, with all controllers; the user is the scheduler that allocates.
class ResourceClaimConformanceTest {
    private static final Duration WHILE = Duration.ofMinutes(1);
    private static final String REQUESTS =
            "{\"devices\":{\"requests\":[{\"name\":\"r\",\"exactly\":{\"deviceClassName\":\"c\"}}]}}";

    private final Simulation simulation = new Simulation(5);

    private void pod() {
        simulation.then(user -> {
            user.node("n1");
            user.create(ResourceClaimTemplateKind.KIND, "t", "{\"spec\":" + REQUESTS + "}");
            user.create(
                    PodKind.KIND,
                    "p",
                    "{\"schedulerName\":\"mine\",\"containers\":[{\"name\":\"c\",\"image\":\"a\"}],\"resourceClaims\":"
                            + "[{\"name\":\"gpu\",\"resourceClaimTemplateName\":\"t\"}]}");
        });
        simulation.live(WHILE);
    }

    private List<String> claims() {
        return simulation.api.all(ResourceClaimKind.KIND).stream()
                .map(claim -> claim.path("metadata").path("name").asString(""))
                .toList();
    }

    /// What the scheduler does.
    private void allocate(String claim) {
        simulation
                .then(user -> user.patch(
                        ResourceClaimKind.KIND,
                        claim,
                        "{\"metadata\":{\"finalizers\":[\"resource.kubernetes.io/delete-protection\"]}}"))
                .then(user -> user.patch(
                        ResourceClaimKind.KIND,
                        claim + "/status",
                        "{\"status\":{\"allocation\":{\"devices\":{\"results\":[{\"request\":\"r\",\"driver\":\"x\","
                                + "\"pool\":\"n1\",\"device\":\"d0\"}]}},\"reservedFor\":[{\"resource\":\"pods\","
                                + "\"name\":\"p\",\"uid\":\"" + user.uid(PodKind.KIND, "p") + "\"}]}}"))
                .then(user -> user.patch(PodKind.KIND, "p", "{\"spec\":{\"nodeName\":\"n1\"}}"));
        simulation.live(WHILE);
    }

    @Test
    void aClaimIsMadeOnceAndToldInThePod() {
        pod();
        assertEquals(1, claims().size());
        JsonNode told = simulation.api.all(PodKind.KIND).getFirst().at("/status/resourceClaimStatuses");
        assertEquals("gpu", told.path(0).path("name").asString(""));
        assertEquals(claims().getFirst(), told.path(0).path("resourceClaimName").asString(""));
    }

    @Test
    void aClaimGoesWithItsPod() {
        pod();
        allocate(claims().getFirst());
        simulation.then(user -> user.delete(PodKind.KIND, "p", "Background"));
        simulation.live(WHILE);
        assertEquals(List.of(), claims());
    }

    @Test
    void aPodWhoseDeviceIsIllGoes() {
        pod();
        allocate(claims().getFirst());
        simulation.then(user -> user.create(
                ResourceSliceKind.KIND,
                "s",
                "{\"driver\":\"x\",\"nodeName\":\"n1\",\"pool\":{\"name\":\"n1\",\"generation\":1,"
                        + "\"resourceSliceCount\":1},\"devices\":[{\"name\":\"d0\",\"taints\":[{\"key\":\"ill\","
                        + "\"effect\":\"NoExecute\",\"timeAdded\":\"2026-01-01T00:00:00Z\"}]}]}"));
        simulation.live(WHILE);
        assertEquals(List.of(), simulation.api.all(PodKind.KIND));
        assertEquals(List.of(), claims());
    }
}
