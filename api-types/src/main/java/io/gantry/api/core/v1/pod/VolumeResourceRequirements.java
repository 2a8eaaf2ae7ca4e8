package io.gantry.api.core.v1.pod;

import io.gantry.api.Copies;
import io.gantry.api.resource.Quantity;
import io.gantry.api.schema.annotation.ApiType;
import java.util.Map;

/// `VolumeResourceRequirements` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.VolumeResourceRequirements", model = "V1VolumeResourceRequirements")
public record VolumeResourceRequirements(Map<String, Quantity> limits, Map<String, Quantity> requests) {
    public VolumeResourceRequirements {
        limits = Copies.map(limits);
        requests = Copies.map(requests);
    }
}
