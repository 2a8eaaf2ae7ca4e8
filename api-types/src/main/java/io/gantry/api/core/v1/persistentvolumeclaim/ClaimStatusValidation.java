package io.gantry.api.core.v1.persistentvolumeclaim;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.Names;
import io.gantry.api.resource.Quantity;
import java.util.List;
import java.util.Map;

/// What an update of a claim's status may say of sizes (upstream `ValidatePersistentVolumeClaimStatusUpdate`).
final class ClaimStatusValidation {
    private static final String STORAGE = "storage";
    private static final List<String> RESIZES = List.of(
            "ControllerResizeInProgress",
            "ControllerResizeInfeasible",
            "NodeResizeInProgress",
            "NodeResizeInfeasible",
            "NodeResizePending");

    private ClaimStatusValidation() {}

    static void check(PersistentVolumeClaimStatus status, FieldErrors errors) {
        amounts(status.capacity(), "status.capacity", errors);
        status.allocatedResourceStatuses().forEach((name, state) -> {
            String path = "status.allocatedResourceStatuses";
            isKnown(name, path, errors);
            if (!RESIZES.contains(state)) {
                errors.notSupported(path, name, RESIZES);
            }
        });
        status.allocatedResources().forEach((name, amount) -> {
            if (isKnown(name, "status.allocatedResources", errors)) {
                amounts(Map.of(name, amount), "status.allocatedResources", errors);
            }
        });
    }

    private static void amounts(Map<String, Quantity> amounts, String path, FieldErrors errors) {
        amounts.forEach((name, amount) -> {
            if (amount.amount().signum() < 0) {
                errors.invalid(path + "[" + name + "]", amount.canonical(), "must be a valid resource quantity");
            }
        });
    }

    /// Storage, or a resource of somebody else.
    private static boolean isKnown(String name, String path, FieldErrors errors) {
        List<String> wrong = Names.qualified(name);
        wrong.forEach(message -> errors.invalid(path, name, message));
        boolean own = !name.contains("/") || name.contains("kubernetes.io/");
        if (wrong.isEmpty() && own && !name.equals(STORAGE)) {
            errors.notSupported(path, name, List.of(STORAGE));
            return false;
        }
        return wrong.isEmpty();
    }
}
