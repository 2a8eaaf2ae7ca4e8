package io.gantry.api.core.v1.persistentvolumeclaim;

import io.gantry.api.Copies;
import io.gantry.api.resource.Quantity;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Atomic;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.OneOf;
import io.gantry.api.schema.annotation.PatchStrategy;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `PersistentVolumeClaimStatus` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.PersistentVolumeClaimStatus", model = "V1PersistentVolumeClaimStatus")
public record PersistentVolumeClaimStatus(
        @OneOf({"Pending", "Bound", "Lost"}) @Nullable String phase,

        @ListType(ListType.Kind.ATOMIC) @OneOf({"ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"})
        List<String> accessModes,

        Map<String, Quantity> capacity,

        @ListType(
                value = ListType.Kind.MAP,
                keys = {"type"})
        @PatchStrategy(value = "merge", mergeKey = "type")
        List<PersistentVolumeClaimCondition> conditions,

        Map<String, Quantity> allocatedResources,

        @Atomic(false)
        @OneOf(
                value = {
                    "ControllerResizeInProgress",
                    "ControllerResizeInfeasible",
                    "NodeResizeInProgress",
                    "NodeResizeInfeasible",
                    "NodeResizePending"
                },
                byRules = true)
        Map<String, String> allocatedResourceStatuses,

        @Nullable String currentVolumeAttributesClassName,
        @Nullable ModifyVolumeStatus modifyVolumeStatus) {
    public PersistentVolumeClaimStatus {
        accessModes = Copies.list(accessModes);
        capacity = Copies.map(capacity);
        conditions = Copies.list(conditions);
        allocatedResources = Copies.map(allocatedResources);
        allocatedResourceStatuses = Copies.map(allocatedResourceStatuses);
    }
}
