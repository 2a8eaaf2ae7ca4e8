package io.gantry.controllermanager.resourceclaim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaim;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClaimPlanTest {
    private static final String PROTECTED = ",'finalizers':['resource.kubernetes.io/delete-protection']";
    private static final String GOING = ",'deletionTimestamp':'2026-01-01T00:00:00Z'";
    private static final String OF_POD =
            ",'ownerReferences':[{'apiVersion':'v1','kind':'Pod','name':'p','uid':'1','controller':true}]";
    private static final String ALLOCATED = "'allocation':{}";
    private static final String ONE = "'reservedFor':[{'resource':'pods','name':'p','uid':'1'}]";
    private static final String TWO =
            "'reservedFor':[{'resource':'pods','name':'p','uid':'1'},{'resource':'pods','name':'q','uid':'2'}]";
    private static final String OTHER = "'reservedFor':[{'apiGroup':'x.io','resource':'pods','name':'p','uid':'1'}]";
    private static final String RUNS = "'uid':'1'},'status':{'phase':'Running'}";
    private static final String ENDED = "'uid':'1'},'status':{'phase':'Failed'}";
    private static final String NEVER_PLACED = "'uid':'1'" + GOING + "}";
    private static final String REPLACED = "'uid':'9'}";

    /// @param done the uids of pods that are done
    /// @param owner the pod of the owner's name; empty for none
    record Case(String name, String metadata, String status, Set<String> done, String owner, List<String> expected) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> plans() {
        return Stream.of(
                new Case("in use", PROTECTED, ALLOCATED + "," + ONE, Set.of(), RUNS, List.of()),
                new Case(
                        "the last user is done",
                        PROTECTED,
                        ALLOCATED + "," + ONE,
                        Set.of("1"),
                        "",
                        List.of("release [] deallocate", "unprotect")),
                new Case(
                        "one of two is done",
                        PROTECTED,
                        ALLOCATED + "," + TWO,
                        Set.of("1"),
                        "",
                        List.of("release [q]")),
                new Case(
                        "allocated by nobody that we know",
                        "",
                        ALLOCATED + "," + ONE,
                        Set.of("1"),
                        "",
                        List.of("release []")),
                new Case("another kind of user stays", PROTECTED, ALLOCATED + "," + OTHER, Set.of("1"), "", List.of()),
                new Case("not used yet", PROTECTED, ALLOCATED, Set.of(), "", List.of()),
                new Case(
                        "not used, being deleted",
                        PROTECTED + GOING,
                        ALLOCATED,
                        Set.of(),
                        "",
                        List.of("release [] deallocate", "unprotect")),
                new Case("not allocated, being deleted", PROTECTED + GOING, "", Set.of(), "", List.of("unprotect")),
                new Case("in use, being deleted", PROTECTED + GOING, ALLOCATED + "," + ONE, Set.of(), "", List.of()),
                new Case("its pod will run", OF_POD, "", Set.of(), RUNS, List.of()),
                new Case("its pod has ended", OF_POD, "", Set.of(), ENDED, List.of("delete")),
                new Case("its pod was never placed", OF_POD, "", Set.of(), NEVER_PLACED, List.of("delete")),
                new Case("its pod was replaced", OF_POD, "", Set.of(), REPLACED, List.of("delete")),
                new Case("its pod is gone: garbage collection", OF_POD, "", Set.of(), "", List.of()),
                new Case(
                        "its pod has ended, all at once",
                        OF_POD + PROTECTED,
                        ALLOCATED + "," + ONE,
                        Set.of("1"),
                        ENDED,
                        List.of("release [] deallocate", "unprotect", "delete")));
    }

    @ParameterizedTest
    @MethodSource
    void plans(Case c) {
        ResourceClaim claim = read(
                "{'metadata':{'name':'c','namespace':'d'" + c.metadata() + "},'status':{" + c.status() + "}}",
                ResourceClaim.class);
        Optional<Pod> owner = c.owner().isEmpty()
                ? Optional.empty()
                : Optional.of(read("{'metadata':{'name':'p','namespace':'d'," + c.owner() + "}", Pod.class));
        List<String> steps = ClaimPlan.of(claim, consumer -> c.done().contains(consumer.uid()), owner).stream()
                .map(ClaimPlanTest::words)
                .toList();
        assertEquals(c.expected(), steps);
    }

    private static String words(ClaimStep step) {
        return switch (step) {
            case ClaimStep.Release release ->
                "release "
                        + release.remaining().stream()
                                .map(consumer -> consumer.name())
                                .toList()
                        + (release.deallocates() ? " deallocate" : "");
            case ClaimStep.Unprotect() -> "unprotect";
            case ClaimStep.Delete() -> "delete";
        };
    }

    private static <T> T read(String json, Class<T> type) {
        return Json.MAPPER.readValue(json.replace('\'', '"'), type);
    }
}
