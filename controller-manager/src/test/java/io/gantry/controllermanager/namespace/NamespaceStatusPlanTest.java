package io.gantry.controllermanager.namespace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.core.v1.namespace.NamespaceCondition;
import io.gantry.api.core.v1.namespace.NamespaceStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class NamespaceStatusPlanTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Instant LATER = NOW.plus(Duration.ofSeconds(5));
    private static final NamespaceStatus ACTIVE = new NamespaceStatus("Active", List.of());
    private static final Remaining NOTHING = new Remaining(Map.of(), Map.of(), Map.of(), Map.of(), 0);
    private static final Remaining MUCH = new Remaining(
            Map.of("pods", 2, "jobs.batch", 1),
            Map.of("example.com/keep", 3),
            Map.of("secrets", "forbidden"),
            Map.of("metrics.k8s.io/v1beta1", "not available"),
            0);

    @Test
    void whatHoldsANamespaceUpIsToldInUpstreamsWords() {
        NamespaceStatus status = NamespaceStatusPlan.of(ACTIVE, MUCH, NOW);
        assertEquals("Terminating", status.phase());
        assertEquals(
                List.of(
                        "NamespaceDeletionDiscoveryFailure True DiscoveryFailed:"
                                + " Discovery failed for some groups, 1 failing: not available",
                        "NamespaceDeletionGroupVersionParsingFailure False ParsedGroupVersions:"
                                + " All legacy kube types successfully parsed",
                        "NamespaceDeletionContentFailure True ContentDeletionFailed:"
                                + " Failed to delete all resource types, 1 remaining: forbidden",
                        "NamespaceContentRemaining True SomeResourcesRemain:"
                                + " Some resources are remaining: jobs.batch. has 1 resource instances,"
                                + " pods. has 2 resource instances",
                        "NamespaceFinalizersRemaining True SomeFinalizersRemain:"
                                + " Some content in the namespace has finalizers remaining:"
                                + " example.com/keep in 3 resource instances"),
                texts(status));
    }

    @Test
    void anEmptyNamespaceIsHeldUpByNothing() {
        NamespaceStatus status = NamespaceStatusPlan.of(ACTIVE, NOTHING, NOW);
        assertEquals(
                List.of("False", "False", "False", "False", "False"),
                status.conditions().stream().map(NamespaceCondition::status).toList());
    }

    @Test
    void whatStaysAsItWasKeepsItsTime() {
        NamespaceStatus before = NamespaceStatusPlan.of(ACTIVE, MUCH, NOW);
        assertEquals(before, NamespaceStatusPlan.of(before, MUCH, LATER));
        assertEquals(
                Map.of(NOW, 1L, LATER, 4L),
                NamespaceStatusPlan.of(before, NOTHING, LATER).conditions().stream()
                        .collect(Collectors.groupingBy(NamespaceCondition::lastTransitionTime, Collectors.counting())),
                "only what changed has a new time");
    }

    private static List<String> texts(NamespaceStatus status) {
        return status.conditions().stream()
                .map(c -> c.type() + " " + c.status() + " " + c.reason() + ": " + c.message())
                .toList();
    }
}
