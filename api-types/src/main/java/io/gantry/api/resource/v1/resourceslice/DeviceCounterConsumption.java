package io.gantry.api.resource.v1.resourceslice;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import java.util.Map;

/// `DeviceCounterConsumption` of `resource.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.resource.v1.DeviceCounterConsumption", model = "V1DeviceCounterConsumption")
public record DeviceCounterConsumption(
        @Required String counterSet, @Required Map<String, Counter> counters) {
    public DeviceCounterConsumption {
        counters = Copies.map(counters);
    }
}
