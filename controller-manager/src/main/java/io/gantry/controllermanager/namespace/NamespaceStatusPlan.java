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

/// The conditions of a namespace that is going (upstream
/// `pkg/controller/namespace/deletion/status_condition_utils.go`).
final class NamespaceStatusPlan {
    private NamespaceStatusPlan() {}

    static NamespaceStatus of(NamespaceStatus before, Remaining remaining, Instant now) {
        List<NamespaceCondition> conditions = new ArrayList<>(before.conditions());
        set(
                conditions,
                now,
                "NamespaceDeletionDiscoveryFailure",
                choice(
                        remaining.undiscovered().isEmpty(),
                        "ResourcesDiscovered",
                        "All resources successfully discovered",
                        "DiscoveryFailed",
                        "Discovery failed for some groups, "
                                + remaining.undiscovered().size() + " failing: "
                                + String.join(", ", remaining.undiscovered().values())));
        set(
                conditions,
                now,
                "NamespaceDeletionGroupVersionParsingFailure",
                choice(true, "ParsedGroupVersions", "All legacy kube types successfully parsed", "", ""));
        set(
                conditions,
                now,
                "NamespaceDeletionContentFailure",
                choice(
                        remaining.failures().isEmpty(),
                        "ContentDeleted",
                        "All content successfully deleted, may be waiting on finalization",
                        "ContentDeletionFailed",
                        "Failed to delete all resource types, "
                                + remaining.failures().size() + " remaining: "
                                + String.join(", ", remaining.failures().values())));
        set(
                conditions,
                now,
                "NamespaceContentRemaining",
                choice(
                        remaining.counts().isEmpty(),
                        "ContentRemoved",
                        "All content successfully removed",
                        "SomeResourcesRemain",
                        "Some resources are remaining: " + counted(remaining.counts(), " has ")));
        set(
                conditions,
                now,
                "NamespaceFinalizersRemaining",
                choice(
                        remaining.finalizers().isEmpty(),
                        "ContentHasNoFinalizers",
                        "All content-preserving finalizers finished",
                        "SomeFinalizersRemain",
                        "Some content in the namespace has finalizers remaining: "
                                + counted(remaining.finalizers(), " in ")));
        return new NamespaceStatus("Terminating", conditions);
    }

    private record Choice(String status, String reason, String message) {}

    private static Choice choice(
            boolean good, String goodReason, String goodMessage, String badReason, String badMessage) {
        return good ? new Choice("False", goodReason, goodMessage) : new Choice("True", badReason, badMessage);
    }

    private static String counted(Map<String, Integer> counts, String joint) {
        return counts.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(e ->
                        e.getKey() + (joint.equals(" has ") ? "." : "") + joint + e.getValue() + " resource instances")
                .collect(Collectors.joining(", "));
    }

    private static void set(List<NamespaceCondition> conditions, Instant now, String type, Choice choice) {
        Optional<NamespaceCondition> before =
                conditions.stream().filter(c -> c.type().equals(type)).findFirst();
        if (before.isPresent()
                && before.get().status().equals(choice.status())
                && text(before.get().message()).equals(choice.message())) {
            return;
        }
        conditions.removeIf(c -> c.type().equals(type));
        conditions.add(new NamespaceCondition(type, choice.status(), now, choice.reason(), choice.message()));
    }
}
