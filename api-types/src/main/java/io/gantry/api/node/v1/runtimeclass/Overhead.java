package io.gantry.api.node.v1.runtimeclass;

import io.gantry.api.Copies;
import io.gantry.api.resource.Quantity;
import io.gantry.api.schema.annotation.ApiType;
import java.util.Map;

/// `Overhead` of `node.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.node.v1.Overhead", model = "V1Overhead")
public record Overhead(Map<String, Quantity> podFixed) {
    public Overhead {
        podFixed = Copies.map(podFixed);
    }
}
