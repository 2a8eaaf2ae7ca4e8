package io.gantry.controllermanager.namespace;

import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.core.v1.namespace.NamespaceCondition;
import io.gantry.api.core.v1.namespace.NamespaceStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The conditions of a namespace that is going (upstream
/// `pkg/controller/namespace/deletion/status_condition_utils.go`).
final class NamespaceStatusPlan {
    private NamespaceStatusPlan() {}

    static NamespaceStatus of(NamespaceStatus before, Remaining remaining, Instant now) {
        List<NamespaceCondition> conditions = new ArrayList<>(before.conditions());
        Stream.of(discovery(remaining), parsing(), deletion(remaining), content(remaining), finalizers(remaining))
                .forEach(finding -> set(conditions, now, finding));
        return new NamespaceStatus("Terminating", conditions);
    }

    /// What a condition says now. `True` is what keeps the namespace from going.
    private record Finding(String type, String status, String reason, String message) {
        static Finding good(String type, String reason, String message) {
            return new Finding(type, "False", reason, message);
        }

        static Finding bad(String type, String reason, String message) {
            return new Finding(type, "True", reason, message);
        }
    }

    private static Finding discovery(Remaining remaining) {
        String type = "NamespaceDeletionDiscoveryFailure";
        Map<String, String> failing = remaining.undiscovered();
        return failing.isEmpty()
                ? Finding.good(type, "ResourcesDiscovered", "All resources successfully discovered")
                : Finding.bad(
                        type,
                        "DiscoveryFailed",
                        "Discovery failed for some groups, " + failing.size() + " failing: "
                                + String.join(", ", failing.values()));
    }

    private static Finding parsing() {
        return Finding.good(
                "NamespaceDeletionGroupVersionParsingFailure",
                "ParsedGroupVersions",
                "All legacy kube types successfully parsed");
    }

    private static Finding deletion(Remaining remaining) {
        String type = "NamespaceDeletionContentFailure";
        Map<String, String> failures = remaining.failures();
        return failures.isEmpty()
                ? Finding.good(
                        type, "ContentDeleted", "All content successfully deleted, may be waiting on finalization")
                : Finding.bad(
                        type,
                        "ContentDeletionFailed",
                        "Failed to delete all resource types, " + failures.size() + " remaining: "
                                + String.join(", ", failures.values()));
    }

    private static Finding content(Remaining remaining) {
        String type = "NamespaceContentRemaining";
        return remaining.counts().isEmpty()
                ? Finding.good(type, "ContentRemoved", "All content successfully removed")
                : Finding.bad(
                        type,
                        "SomeResourcesRemain",
                        "Some resources are remaining: " + counted(remaining.counts(), ". has "));
    }

    private static Finding finalizers(Remaining remaining) {
        String type = "NamespaceFinalizersRemaining";
        return remaining.finalizers().isEmpty()
                ? Finding.good(type, "ContentHasNoFinalizers", "All content-preserving finalizers finished")
                : Finding.bad(
                        type,
                        "SomeFinalizersRemain",
                        "Some content in the namespace has finalizers remaining: "
                                + counted(remaining.finalizers(), " in "));
    }

    private static String counted(Map<String, Integer> counts, String joint) {
        return counts.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(e -> e.getKey() + joint + e.getValue() + " resource instances")
                .collect(Collectors.joining(", "));
    }

    private static void set(List<NamespaceCondition> conditions, Instant now, Finding finding) {
        Optional<NamespaceCondition> before =
                conditions.stream().filter(c -> c.type().equals(finding.type())).findFirst();
        if (before.isPresent()
                && before.get().status().equals(finding.status())
                && text(before.get().message()).equals(finding.message())) {
            return;
        }
        conditions.removeIf(c -> c.type().equals(finding.type()));
        conditions.add(
                new NamespaceCondition(finding.type(), finding.status(), now, finding.reason(), finding.message()));
    }
}
