package io.gantry.api.resource.v1.resourceslice;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import java.util.Map;

/// `CounterSet` of `resource.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.resource.v1.CounterSet", model = "V1CounterSet")
public record CounterSet(@Required String name, @Required Map<String, Counter> counters) {
    public CounterSet {
        counters = Copies.map(counters);
    }
}
