package io.gantry.api.storage.v1.storageclass;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.Required;
import java.util.List;

/// `TopologySelectorLabelRequirement` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.TopologySelectorLabelRequirement", model = "V1TopologySelectorLabelRequirement")
public record TopologySelectorLabelRequirement(
        @Required String key,
        @Required @ListType(ListType.Kind.ATOMIC) List<String> values) {
    public TopologySelectorLabelRequirement {
        values = Copies.list(values);
    }
}
