package io.gantry.kubelet.pod;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodBuilder;
import io.gantry.api.core.v1.pod.ResourceRequirements;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.resource.Quantity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Pods of a node with two cores ask for other amounts.
class PodAllocationsTest {
    private final Map<String, Allocation> disk = new HashMap<>();
    private final List<Set<String>> freed = new ArrayList<>();
    private PodAllocations allocations = restarted();

    private PodAllocations restarted() {
        PodAllocations fresh = new PodAllocations(
                new PodAllocations.Memory() {
                    @Override
                    public Optional<Allocation> read(String podUid) {
                        return Optional.ofNullable(disk.get(podUid));
                    }

                    @Override
                    public void write(String podUid, Allocation allocation) {
                        disk.put(podUid, allocation);
                    }
                },
                () -> Map.of("cpu", Quantity.of(2)));
        fresh.whenFreed(freed::add);
        return fresh;
    }

    private static Pod pod(String uid, String cpu) {
        Pod pod = Pods.pod("{'containers':[{'name':'c','image':'i','resources':{'requests':{'cpu':'" + cpu + "'}}}]}");
        return PodBuilder.builder(pod)
                .metadata(ObjectMetaBuilder.builder(pod.metadata()).uid(uid).build())
                .build();
    }

    private String decide(String uid, String cpu) {
        PodAllocations.Decision decision = allocations.decide(pod(uid, cpu), Map.of());
        return decision.plan().verdict() + " " + cpu(decision.pod()) + (decision.begun() ? " begun" : "");
    }

    private static String cpu(Pod pod) {
        ResourceRequirements resources = pod.spec().containers().getFirst().resources();
        return resources == null
                ? ""
                : resources.requests().getOrDefault("cpu", Quantity.ZERO).text();
    }

    @Test
    void nothingIsKeptOfPodsThatNeverAskForMore() {
        assertEquals("FITS 1", decide("a", "1"));
        assertEquals("FITS 1", decide("a", "1"));
        assertTrue(disk.isEmpty());
    }

    @Test
    void whatDoesNotFitWaitsForTheOthersToGo() {
        decide("a", "1");
        assertEquals("FITS 500m", decide("b", "500m"));
        assertEquals("DEFERRED 1", decide("a", "1800m"));
        assertEquals("INFEASIBLE 500m", decide("b", "3"));
        allocations.release("b");
        assertEquals(List.of(Set.of("a")), freed);
        assertEquals("FITS 1800m begun", decide("a", "1800m"));
        assertEquals("FITS 1800m", decide("a", "1800m"));
    }

    @Test
    void whatWasGivenHoldsOverARestart() {
        decide("a", "1");
        decide("a", "1500m");
        allocations.changed(
                "a", "id", new ResourceRequirements(Map.of(), Map.of("cpu", Quantity.parse("1500m")), List.of()));
        allocations = restarted();
        assertEquals("INFEASIBLE 1500m", decide("a", "3"));
        assertEquals(Set.of("id"), allocations.actual("a").keySet());
    }

    @Test
    void afterARestartARunningContainerWasGivenWhatItHas() {
        Map<String, ResourceRequirements> has =
                Map.of("c", new ResourceRequirements(Map.of(), Map.of("cpu", Quantity.of(1)), List.of()));
        PodAllocations.Decision decision = allocations.decide(pod("a", "3"), has);
        assertEquals(ResizePlan.Verdict.INFEASIBLE, decision.plan().verdict());
        assertEquals("1", cpu(decision.pod()));
    }

    /// The pods' loops, which are told, hold their own lock while they ask what a pod was given.
    @Test
    void whoWaitsIsToldWithoutTheLock() {
        List<Boolean> locked = new ArrayList<>();
        allocations.whenFreed(uids -> locked.add(Thread.holdsLock(allocations)));
        decide("a", "1");
        decide("b", "1");
        assertEquals("DEFERRED 1", decide("b", "1500m"));
        decide("a", "750m");
        allocations.release("a");
        assertEquals(List.of(false, false), locked);
    }
}
