package io.gantry.controllermanager.resourceclaim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodResourceClaim;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaim;
import io.gantry.api.resource.v1.resourceclaimtemplate.ResourceClaimTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PodPlanTest {
    private static final String TEMPLATE = "{'name':'gpu','resourceClaimTemplateName':'t'}";
    private static final String SHARED = "{'name':'net','resourceClaimName':'shared'}";
    private static final String TOLD = "'resourceClaimStatuses':[{'name':'gpu','resourceClaimName':'p-gpu-1'}]";
    private static final String ALLOCATED = "'allocation':{}";
    private static final String OWN =
            "'ownerReferences':[{'apiVersion':'v1','kind':'Pod','name':'p','uid':'1'," + "'controller':true}]";

    /// @param claims those that there are, by name: their metadata, then their status
    /// @param made the claim of the entry `gpu` that the cache or memory has
    record Case(
            String name,
            String metadata,
            String spec,
            String status,
            Map<String, String> claims,
            String made,
            List<String> expected) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> plans() {
        return Stream.of(
                new Case("a claim of a template", "", TEMPLATE, "", Map.of(), "", List.of("make gpu")),
                new Case("made, but not told", "", TEMPLATE, "", Map.of(), "p-gpu-1", List.of("tell gpu p-gpu-1")),
                new Case("told", "", TEMPLATE, TOLD, Map.of("p-gpu-1", OWN + ";"), "p-gpu-1", List.of()),
                new Case("told, but gone", "", TEMPLATE, TOLD, Map.of(), "", List.of("make gpu")),
                new Case("told, but another's", "", TEMPLATE, TOLD, Map.of("p-gpu-1", ";"), "", List.of("make gpu")),
                new Case(
                        "none needed",
                        "",
                        TEMPLATE,
                        "'resourceClaimStatuses':[{'name':'gpu'}]",
                        Map.of(),
                        "",
                        List.of()),
                new Case("a claim by hand that is not there", "", SHARED, "", Map.of(), "", List.of()),
                new Case("not placed yet", "", SHARED, "", Map.of("shared", ";" + ALLOCATED), "", List.of()),
                new Case(
                        "placed by hand",
                        "",
                        SHARED + "],'nodeName':'n','x':[",
                        "",
                        Map.of("shared", ";" + ALLOCATED),
                        "",
                        List.of("reserve shared")),
                new Case(
                        "placed by hand, not allocated",
                        "",
                        SHARED + "],'nodeName':'n','x':[",
                        "",
                        Map.of("shared", ";"),
                        "",
                        List.of()),
                new Case(
                        "placed and reserved",
                        "",
                        SHARED + "],'nodeName':'n','x':[",
                        "",
                        Map.of("shared", ";" + ALLOCATED + ",'reservedFor':[{'resource':'pods','name':'p','uid':'1'}]"),
                        "",
                        List.of()),
                new Case(
                        "being deleted",
                        ",'deletionTimestamp':'2026-01-01T00:00:00Z'",
                        TEMPLATE,
                        "",
                        Map.of(),
                        "",
                        List.of()),
                new Case("finished", "", TEMPLATE, "'phase':'Succeeded'", Map.of(), "", List.of()));
    }

    @ParameterizedTest
    @MethodSource
    void plans(Case c) {
        Pod pod = pod(c.metadata(), c.spec().replace(",'x':[", ",'tolerations':["), c.status());
        PodPlan plan = PodPlan.of(pod, new PodPlan.View() {
            @Override
            public Optional<ResourceClaim> claim(String name) {
                return Optional.ofNullable(c.claims().get(name)).map(parts -> PodPlanTest.claim(name, parts));
            }

            @Override
            public Optional<String> made(PodResourceClaim entry) {
                return Optional.of(c.made()).filter(name -> !name.isEmpty());
            }
        });
        List<String> steps = new ArrayList<>();
        plan.makes().forEach(entry -> steps.add("make " + entry.name()));
        plan.found().forEach((entry, name) -> steps.add("tell " + entry + " " + name));
        plan.reservations()
                .forEach(claim -> steps.add("reserve " + claim.metadata().name()));
        assertEquals(c.expected(), steps);
        assertEquals(
                steps.stream().anyMatch(step -> !step.startsWith("reserve")), plan.changesStatus(), "status changes");
    }

    private static Pod pod(String metadata, String claims, String status) {
        return read(
                "{'metadata':{'name':'p','namespace':'d','uid':'1'" + metadata + "},'spec':{'resourceClaims':[" + claims
                        + "]},'status':{" + status + "}}",
                Pod.class);
    }

    private static ResourceClaim claim(String name, String parts) {
        String[] both = (parts + " ").split(";", 2);
        return read(
                "{'metadata':{'name':'" + name + "','namespace':'d'" + (both[0].isEmpty() ? "" : "," + both[0])
                        + "},'status':{" + both[1] + "}}",
                ResourceClaim.class);
    }

    private static <T> T read(String json, Class<T> type) {
        return Json.MAPPER.readValue(json.replace('\'', '"'), type);
    }

    @Test
    void aClaimIsNamedAfterPodAndEntryAndOwnedByThePod() {
        ResourceClaimTemplate template = read(
                "{'metadata':{'name':'t'},'spec':{'metadata':{'labels':{'a':'b'},'annotations':{'c':'d'}},"
                        + "'spec':{'devices':{'requests':[{'name':'r'}]}}}}",
                ResourceClaimTemplate.class);
        Pod pod = pod("", TEMPLATE, "");
        ResourceClaim claim = GeneratedClaim.of(pod, pod.spec().resourceClaims().getFirst(), template);
        assertEquals("p-gpu-", claim.metadata().generateName());
        assertEquals(Map.of("a", "b"), claim.metadata().labels());
        assertEquals(
                Map.of("c", "d", "resource.kubernetes.io/pod-claim-name", "gpu"),
                claim.metadata().annotations());
        assertEquals("1", claim.metadata().ownerReferences().getFirst().uid());
        assertEquals(template.spec().spec(), claim.spec());
    }

    @Test
    void longNamesAreCutByTheSameShare() {
        String base = GeneratedClaim.base("p".repeat(100), "c".repeat(12));
        assertEquals("p".repeat(50) + "-" + "c".repeat(6), base);
    }
}
