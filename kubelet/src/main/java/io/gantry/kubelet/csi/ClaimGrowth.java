package io.gantry.kubelet.csi;

import io.gantry.api.core.v1.persistentvolume.PersistentVolume;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaim;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaimBuilder;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaimCondition;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaimStatus;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaimStatusBuilder;
import io.gantry.api.resource.Quantity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What is left for a node to do of a claim's growth, and what the claim's status says after each step (upstream
/// `node_expander.go`, `resize_util.go`). Pure.
///
/// @param size what the file system is to have
/// @param told whether the resizer tells in the claim's status how far it is: older ones do not
record ClaimGrowth(Quantity size, boolean told) {
    private static final String STORAGE = "storage";
    private static final String IN_PROGRESS = "NodeResizeInProgress";
    private static final String INFEASIBLE = "NodeResizeInfeasible";
    private static final String ERROR = "NodeResizeError";
    private static final Set<String> FOR_NODES = Set.of("NodeResizePending", IN_PROGRESS);

    /// Upstream's `knownResizeConditions`.
    private static final Set<String> CONDITIONS =
            Set.of("FileSystemResizePending", "Resizing", "ControllerResizeError", ERROR);

    /// Nothing is due of a volume that is not larger than its claim knows, nor while the resizer is at work on it.
    static Optional<ClaimGrowth> due(PersistentVolume volume, PersistentVolumeClaim claim) {
        Quantity has = claim.status().capacity().get(STORAGE);
        Quantity grown = volume.spec().capacity().get(STORAGE);
        if (has == null || grown == null || grown.compareTo(has) <= 0) {
            return Optional.empty();
        }
        String state = claim.status().allocatedResourceStatuses().get(STORAGE);
        Map<String, Quantity> allocated = claim.status().allocatedResources();
        if (state == null && allocated.isEmpty()) {
            return Optional.of(new ClaimGrowth(grown, false));
        }
        return state != null && FOR_NODES.contains(state)
                ? Optional.of(new ClaimGrowth(allocated.getOrDefault(STORAGE, grown), true))
                : Optional.empty();
    }

    /// Whether somebody has asked for another size since.
    boolean isOutdated(PersistentVolumeClaim claim) {
        Quantity asked = claim.spec().resources() == null
                ? null
                : claim.spec().resources().requests().get(STORAGE);
        return asked == null || asked.compareTo(size) != 0;
    }

    PersistentVolumeClaim begun(PersistentVolumeClaim claim) {
        PersistentVolumeClaimStatus before = claim.status();
        return with(
                claim,
                PersistentVolumeClaimStatusBuilder.builder(before)
                        .allocatedResourceStatuses(state(before, Optional.of(IN_PROGRESS)))
                        .build());
    }

    PersistentVolumeClaim finished(PersistentVolumeClaim claim) {
        PersistentVolumeClaimStatus before = claim.status();
        Map<String, Quantity> capacity = new LinkedHashMap<>(before.capacity());
        capacity.put(STORAGE, size);
        return with(
                claim,
                PersistentVolumeClaimStatusBuilder.builder(before)
                        .capacity(capacity)
                        .allocatedResourceStatuses(state(before, Optional.empty()))
                        .conditions(before.conditions().stream()
                                .filter(condition -> !CONDITIONS.contains(condition.type()))
                                .toList())
                        .build());
    }

    /// @param infeasible whether nodes shall not try it again
    PersistentVolumeClaim failed(PersistentVolumeClaim claim, boolean infeasible, String why, Instant now) {
        PersistentVolumeClaimStatus before = claim.status();
        PersistentVolumeClaimStatusBuilder after =
                PersistentVolumeClaimStatusBuilder.builder(before).conditions(withError(before, why, now));
        return with(
                claim,
                infeasible
                        ? after.allocatedResourceStatuses(state(before, Optional.of(INFEASIBLE)))
                                .build()
                        : after.build());
    }

    /// A condition that is true already stays as it is.
    private static List<PersistentVolumeClaimCondition> withError(
            PersistentVolumeClaimStatus before, String why, Instant now) {
        List<PersistentVolumeClaimCondition> conditions = new ArrayList<>(before.conditions());
        if (conditions.stream()
                .anyMatch(c -> c.type().equals(ERROR) && c.status().equals("True"))) {
            return conditions;
        }
        conditions.removeIf(condition -> condition.type().equals(ERROR));
        conditions.add(
                new PersistentVolumeClaimCondition(ERROR, "True", null, now, null, "failed to expand pvc with " + why));
        return conditions;
    }

    private static Map<String, String> state(PersistentVolumeClaimStatus before, Optional<String> state) {
        Map<String, String> states = new LinkedHashMap<>(before.allocatedResourceStatuses());
        states.remove(STORAGE);
        state.ifPresent(word -> states.put(STORAGE, word));
        return states;
    }

    private static PersistentVolumeClaim with(PersistentVolumeClaim claim, PersistentVolumeClaimStatus status) {
        return PersistentVolumeClaimBuilder.builder(claim).status(status).build();
    }
}
