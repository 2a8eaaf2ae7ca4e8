package io.gantry.api.storage.v1.csinode;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.NullWhenEmpty;
import io.gantry.api.schema.annotation.PatchStrategy;
import io.gantry.api.schema.annotation.Required;
import java.util.List;

/// `CSINodeSpec` of `storage.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.storage.v1.CSINodeSpec", model = "V1CSINodeSpec")
public record CSINodeSpec(
        @Required
        @ListType(
                value = ListType.Kind.MAP,
                keys = {"name"})
        @PatchStrategy(value = "merge", mergeKey = "name")
        @NullWhenEmpty
        List<CSINodeDriver> drivers) {
    public CSINodeSpec {
        drivers = Copies.list(drivers);
    }
}
