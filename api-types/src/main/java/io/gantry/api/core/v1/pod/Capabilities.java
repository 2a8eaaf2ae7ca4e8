package io.gantry.api.core.v1.pod;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import java.util.List;

/// `Capabilities` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.Capabilities", model = "V1Capabilities")
public record Capabilities(
        @ListType(ListType.Kind.ATOMIC) List<String> add,
        @ListType(ListType.Kind.ATOMIC) List<String> drop) {
    public Capabilities {
        add = Copies.list(add);
        drop = Copies.list(drop);
    }
}
