package io.gantry.api.resource.v1.resourceclaim;

import io.gantry.api.Copies;
import io.gantry.api.meta.v1.Condition;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.NullWhenEmpty;
import io.gantry.api.schema.annotation.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// `AllocatedDeviceStatus` of `resource.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.resource.v1.AllocatedDeviceStatus", model = "V1AllocatedDeviceStatus")
public record AllocatedDeviceStatus(
        @Required String driver,
        @Required String pool,
        @Required String device,
        @Nullable String shareID,

        @ListType(
                value = ListType.Kind.MAP,
                keys = {"type"})
        @NullWhenEmpty
        List<Condition> conditions,

        @Nullable JsonNode data,
        @Nullable NetworkDeviceData networkData) {
    public AllocatedDeviceStatus {
        conditions = Copies.list(conditions);
    }
}
